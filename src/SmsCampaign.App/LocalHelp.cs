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
        (" [default: -]", ""), // stdin: the description says it
        ("[default: ", "[mặc định: "),
        ("Show help and usage information", "Xem hướng dẫn này"),
        ("Show version information", "Xem phiên bản"),
    ];

    /// <summary>What stands for an option's value where the option does not say it itself.</summary>
    static readonly Dictionary<string, string> Values = new Dictionary<string, string>
    {
        ["--data"] = "thư-mục",
        ["--out"] = "thư-mục",
        ["--unmasked-out"] = "thư-mục",
        ["--installation"] = "tệp",
        ["--password-file"] = "tệp",
        ["--date"] = "ngày",
        ["--by"] = "họ-tên",
        ["--code"] = "mã",
        ["--message"] = "mã",
        ["--language"] = "mã",
        ["--document"] = "văn-bản",
        ["--reason"] = "lý-do",
        ["--note"] = "lời-nhắn",
        ["--receipts"] = "địa-chỉ",
        ["--url"] = "địa-chỉ",
        ["--lane"] = "kênh",
        ["--seen"] = "số",
        ["--on"] = "ngày",
        ["--holder"] = "nhà-mạng",
        ["--verify"] = "thư-mục",
        ["--submitted"] = "văn-bản",
        ["--for"] = "ngày/tháng",
        ["--segment"] = "nhóm",
        ["--campaign"] = "mã",
        ["--corrects"] = "lý-do",
        ["--said-by"] = "họ-tên",
        ["--until"] = "giờ",
        ["--to"] = "các-số",
        ["--outage"] = "kênh@giờ-giờ",
        ["--slow"] = "kênh@giờ-giờ:xSỐ",
        ["--no-receipts"] = "kênh",
        ["--power-cut"] = "giờ-giờ",
        ["--id"] = "mã",
        ["--from"] = "mẫu",
        ["--from-order"] = "tệp",
        ["--issuer"] = "cơ-quan",
        ["--number"] = "số",
        ["--order-date"] = "ngày",
        ["--item"] = "mục",
        ["--text"] = "nội-dung",
        ["--sender"] = "tên",
        ["--hours"] = "giờ-giờ",
        ["--held-by"] = "nhà-mạng,…",
        ["--area"] = "địa-bàn",
        ["--list"] = "tệp",
        ["--suppression"] = "tệp",
        ["--report-to"] = "nơi-nhận",
        ["--report-by"] = "ngày",
    };

    /// <summary>Puts it in the place of the library's own.</summary>
    public static void Use(RootCommand root)
    {
        Name(root);
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new LocalHelp((HelpAction)option.Action!);
    }

    static void Name(Command command)
    {
        foreach (var option in command.Options.Where(option => option.HelpName is null))
        {
            if (Values.TryGetValue(option.Name, out var value))
                option.HelpName = value;
            else if ((Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) is var type
                && (type == typeof(int) || type == typeof(double)))
                option.HelpName = "số";
        }

        foreach (var subcommand in command.Subcommands)
            Name(subcommand);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var english = new StringWriter();

        configuration.Output = english;
        var code = help.Invoke(parseResult);
        configuration.Output = output;

        output.Write(Words.Aggregate(
            english.ToString(),
            (text, words) => text.Replace(words.English, words.Vietnamese, StringComparison.Ordinal)));
        return code;
    }
}
