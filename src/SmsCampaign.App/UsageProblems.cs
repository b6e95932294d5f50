using System.CommandLine;
using System.Text.RegularExpressions;

namespace SmsCampaign.App;

/// <summary>
/// What is wrong with a command line, in the person's language and with the way on.
/// </summary>
static partial class UsageProblems
{
    public static IEnumerable<Wording> Of(ParseResult parsed) => parsed.Errors.Select(error => Translate(error.Message)).Distinct();

    /// <summary>How to see what would be right.</summary>
    public static Wording Hint(ParseResult parsed)
    {
        var verb = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
        return new Wording($"Xem cách dùng: sms-campaign{verb} --help", $"For usage: sms-campaign{verb} --help --lang en");
    }

    static Wording Translate(string message)
    {
        if (message.StartsWith("Required command", StringComparison.Ordinal))
            return new Wording("Chưa chọn lệnh. Ví dụ: sms-campaign check tệp-chiến-dịch.yaml", "No command given. Such as: sms-campaign check campaign-file.yaml");
        if (MissingArgument().Match(message) is { Success: true } argument)
            return new Wording($"Lệnh '{argument.Groups[2]}' thiếu tham số <{argument.Groups[1]}>.", message);
        if (MissingValue().Match(message) is { Success: true } value)
            return new Wording($"Tùy chọn '{value.Groups[1]}' thiếu giá trị.", message);
        if (MissingOption().Match(message) is { Success: true } option)
            return new Wording($"Thiếu tùy chọn bắt buộc '{option.Groups[1]}'.", message);
        if (Unrecognized().Match(message) is { Success: true } word)
            return new Wording($"Không hiểu '{word.Groups[1]}': không phải lệnh, tùy chọn hay tham số ở đây.", message);
        if (NotAmong().Match(message) is { Success: true } choice)
            return new Wording($"Không nhận giá trị '{choice.Groups[1]}'. Hãy chọn một trong: {string.Join(", ", OneValue().Matches(choice.Groups[2].Value).Select(each => each.Groups[1]))}.", message);
        if (CannotParse().Match(message) is { Success: true } wrong)
            return new Wording($"Giá trị '{wrong.Groups[1]}' của '{wrong.Groups[2]}' không đúng dạng.", message);
        if (TooMany().Match(message) is { Success: true } often)
            return new Wording($"Tùy chọn '{often.Groups[1]}' được ghi {often.Groups[2]} lần; chỉ ghi một lần.", $"Option '{often.Groups[1]}' is given {often.Groups[2]} times; give it once.");

        // The verbs' own checks speak the person's language already.
        return new Wording(message, message);
    }

    [GeneratedRegex("^Required argument '(.+?)' missing for command: '(.+?)'")]
    private static partial Regex MissingArgument();

    [GeneratedRegex("^Required argument missing for option: '(.+?)'")]
    private static partial Regex MissingValue();

    [GeneratedRegex("^Option '(.+?)' is required")]
    private static partial Regex MissingOption();

    [GeneratedRegex("^Unrecognized command or argument '(.*?)'")]
    private static partial Regex Unrecognized();

    [GeneratedRegex("^Argument '(.*?)' not recognized. Must be one of:(.*)", RegexOptions.Singleline)]
    private static partial Regex NotAmong();

    [GeneratedRegex("^Option '(.+?)' expects a single argument but (.+?) were provided")]
    private static partial Regex TooMany();

    [GeneratedRegex("'(.+?)'")]
    private static partial Regex OneValue();

    [GeneratedRegex("^Cannot parse argument '(.*?)' for (?:option|command|argument) '(.+?)'")]
    private static partial Regex CannotParse();
}
