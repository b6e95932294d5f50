using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SmsCampaign.App;

/// <summary>
/// The library's help, with the words it brings along in the person's language.
/// </summary>
sealed class LocalHelp(HelpAction help) : SynchronousCommandLineAction
{
    static readonly IReadOnlyList<(string English, string Vietnamese)> Words =
    [
        ("Description:", "Mô tả:"),
        ("Usage:", "Cách dùng:"),
        ("Arguments:", "Tham số:"),
        ("Options:", "Tùy chọn:"),
        ("Commands:", "Lệnh:"),
        ("[command]", "[lệnh]"),
        ("[options]", "[tùy chọn]"),
        ("(REQUIRED)", "(bắt buộc)"),
        ("[default: ", "[mặc định: "),
        ("Show help and usage information", "Xem hướng dẫn này"),
        ("Show version information", "Xem phiên bản"),
    ];

    /// <summary>Puts it in the place of the library's own.</summary>
    public static void Use(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new LocalHelp((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var english = new StringWriter();

        configuration.Output = english;
        var code = help.Invoke(parseResult);
        configuration.Output = output;

        output.Write(Words.Aggregate(english.ToString(), (text, words) => text.Replace(words.English, words.Vietnamese, StringComparison.Ordinal)));
        return code;
    }
}
