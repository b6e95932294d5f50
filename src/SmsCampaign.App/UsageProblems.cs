using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using SmsCampaign.Orthography;

namespace SmsCampaign.App;

/// <summary>
/// What is wrong with a command line, in the person's language and with the way on: what exists, and
/// what was most likely meant.
/// </summary>
/// <remarks>System.CommandLine says it in English, in sentences that are all known here (its Resources
/// of version 3.0.0).</remarks>
static partial class UsageProblems
{
    public static IEnumerable<Wording> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;

        // Of a verb that is not known, whatever follows it is not known either.
        if (command.Subcommands.Count > 0)
            return [parsed.UnmatchedTokens is [var word, ..] ? NotThere(command, word) : NoVerb(command)];

        return Swallowed(parsed).ToList() is { Count: > 0 } swallowed
            ? swallowed
            : parsed.Errors.Select(error => Translate(parsed, error.Message)).Concat(Misspelt(parsed)).Distinct();
    }

    /// <summary>Whether it says something else than the library understood.</summary>
    public static bool IsMisread(ParseResult parsed) => Swallowed(parsed).Concat(Misspelt(parsed)).Any();

    /// <summary>An option without its value takes the next option for it, and says what
    /// follows that is wrong.</summary>
    static IEnumerable<Wording> Swallowed(ParseResult parsed)
    {
        var options = OptionsOf(parsed.CommandResult.Command).ToHashSet();
        return ResultsOf(parsed)
            .Where(result => result.Tokens.Any(token => options.Contains(token.Value)))
            .Select(result => NoValue(result.Option.Name));
    }

    /// <summary>Of the verb, and of what is shared by all.</summary>
    static IEnumerable<OptionResult> ResultsOf(ParseResult parsed)
    {
        for (SymbolResult? above = parsed.CommandResult; above is not null; above = above.Parent)
        {
            foreach (var option in ((CommandResult)above).Children.OfType<OptionResult>())
                yield return option;
        }
    }

    /// <summary>Options that are not there and were taken for arguments, as a verb takes any word: nobody means a
    /// campaign "--wach". What stands behind "--" is meant.</summary>
    static IEnumerable<Wording> Misspelt(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? []
            : parsed.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens)
                .Where(token => token.Value.StartsWith("--", StringComparison.Ordinal))
                .Select(token => NotThere(parsed.CommandResult.Command, token.Value));

    /// <summary>How to see what would be right.</summary>
    public static Wording Hint(ParseResult parsed)
    {
        var verb = PathOf(parsed.CommandResult.Command);
        return new Wording(
            $"Xem cách dùng: sms-campaign{verb} --help", $"For usage: sms-campaign{verb} --help --lang en");
    }

    static Wording Translate(ParseResult parsed, string message)
    {
        var command = parsed.CommandResult.Command;
        if (MissingArgument().Match(message) is { Success: true } argument)
            return new Wording(
                $"Lệnh '{argument.Groups[2].Value}' thiếu tham số <{argument.Groups[1].Value}>.",
                $"The verb '{argument.Groups[2].Value}' lacks its argument <{argument.Groups[1].Value}>.");
        if (MissingValue().Match(message) is { Success: true } value)
            return NoValue(value.Groups[1].Value);
        if (MissingOption().Match(message) is { Success: true } option)
            return new Wording(
                $"Thiếu tùy chọn bắt buộc '{option.Groups[1].Value}'.",
                $"The option '{option.Groups[1].Value}' is required.");
        if (Unrecognized().Match(message) is { Success: true } word)
            return IsBehindDashes(parsed, word.Groups[1].Value)
                ? BehindDashes(word.Groups[1].Value)
                : NotThere(command, word.Groups[1].Value);
        if (NotAmong().Match(message) is { Success: true } choice)
            return NotOneOf(
                choice.Groups[1].Value,
                [.. OneValue().Matches(choice.Groups[2].Value).Select(each => each.Groups[1].Value)]);
        if (CannotParse().Match(message) is { Success: true } wrong)
            return NotParsed(wrong.Groups["value"].Value, wrong.Groups["of"].Value, wrong.Groups["type"].Value);
        if (TooMany().Match(message) is { Success: true } often)
        {
            return new Wording(
                $"Tùy chọn '{often.Groups[1].Value}' được ghi {often.Groups[2].Value} lần. Hãy chỉ ghi một lần.",
                $"The option '{often.Groups[1].Value}' is given {often.Groups[2].Value} times. Give it once.");
        }

        if (Alone().Match(message) is { Success: true } alone)
        {
            return new Wording(
                $"Tùy chọn '{alone.Groups[1].Value}' phải đứng một mình. Hãy bỏ phần còn lại của câu lệnh.",
                $"The option '{alone.Groups[1].Value}' stands alone. Leave out what else the command line has.");
        }

        // The verbs' own checks speak the person's language already.
        return new Wording(message, message);
    }

    /// <summary>Whether a word that looks like an option stands behind "--" alone, where nothing is one.</summary>
    static bool IsBehindDashes(ParseResult parsed, string word)
    {
        var before = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToList();
        return word.StartsWith('-')
            && before.TrueForAll(token => token.Value != word)
            && parsed.Tokens.Skip(before.Count + 1).Any(token => token.Value == word);
    }

    static Wording BehindDashes(string word) => new(
        $"Thừa '{word}': đứng sau '--' nên không được hiểu là tùy chọn. Hãy ghi các tùy chọn trước '--'.",
        $"'{word}' is one too many: it stands behind '--', where nothing is an option. Write options before '--'.");

    static Wording NoVerb(Command command)
    {
        var verbs = string.Join(", ", VerbsOf(command));
        var example = command is RootCommand
            ? "sms-campaign check config/campaigns/dak-lak-2025.yaml"
            : $"sms-campaign{PathOf(command)} {VerbsOf(command).First()}";
        return new Wording(
            $"Chưa chọn lệnh. Hãy chọn một trong: {verbs}. Ví dụ: {example}",
            $"No verb is given. Choose one of: {verbs}. Such as: {example}");
    }

    /// <summary>A word that is no verb, option or argument here.</summary>
    static Wording NotThere(Command command, string word)
    {
        if (word.StartsWith('-'))
        {
            var options = OptionsOf(command).Order(StringComparer.Ordinal).ToList();
            var meant = Spelling.DidYouMean(Spelling.Nearest(word, options));
            return new Wording(
                $"Không có tùy chọn '{word}' ở đây.{meant} Đang có: {string.Join(", ", options)}.",
                $"There is no option '{word}' here.{meant} There are: {string.Join(", ", options)}.");
        }

        if (command.Subcommands.Count > 0)
        {
            var verbs = VerbsOf(command).ToList();
            var meant = Spelling.DidYouMean(Spelling.Nearest(word, verbs));
            return new Wording(
                $"Không có lệnh '{word}'.{meant} Đang có: {string.Join(", ", verbs)}.",
                $"There is no verb '{word}'.{meant} There are: {string.Join(", ", verbs)}.");
        }

        var takes = command.Arguments.Count == 0 ? new Wording("không nhận tham số nào", "takes no argument")
            : new Wording(
                $"chỉ nhận {string.Join(" ", command.Arguments.Select(argument => $"<{argument.Name}>"))}",
                $"takes {string.Join(" ", command.Arguments.Select(argument => $"<{argument.Name}>"))} only");
        return new Wording(
            $"Thừa '{word}': lệnh '{command.Name}' {takes}. Giá trị có dấu cách thì đặt trong dấu nháy kép.",
            $"'{word}' is one too many: the verb '{command.Name}' {takes}. "
                + $"A value with spaces stands in double quotes.");
    }

    static Wording NoValue(string option) =>
        new($"Tùy chọn '{option}' thiếu giá trị.", $"The option '{option}' lacks its value.");

    static Wording NotOneOf(string word, IReadOnlyList<string> choices)
    {
        var meant = Spelling.DidYouMean(Spelling.Nearest(word, choices));
        var all = string.Join(", ", choices.Select(choice => $"'{choice}'"));
        return new Wording(
            $"Không nhận giá trị '{word}'.{meant} Hãy chọn một trong: {all}.",
            $"The value '{word}' is not taken.{meant} Choose one of: {all}.");
    }

    static Wording NotParsed(string value, string of, string type) =>
        type.Contains(nameof(Boolean), StringComparison.Ordinal)
            ? new Wording(
                $"Tùy chọn '{of}' không kèm giá trị '{value}'. Hãy chỉ ghi {of}.",
                $"The option '{of}' takes no value '{value}'. Write {of} alone.")
            : new Wording(
                $"Giá trị '{value}' của '{of}' không đúng dạng.", $"The value '{value}' of '{of}' is not of its form.");

    static IEnumerable<string> VerbsOf(Command command) =>
        command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);

    static IEnumerable<string> OptionsOf(Command command) => command.Options
        .Concat(AboveOf(command).SelectMany(above => above.Options.Where(option => option.Recursive)))
        .Where(option => !option.Hidden)
        .Select(option => option.Name);

    static IEnumerable<Command> AboveOf(Command command)
    {
        for (var above = command.Parents.OfType<Command>().FirstOrDefault();
             above is not null;
             above = above.Parents.OfType<Command>().FirstOrDefault())
            yield return above;
    }

    /// <summary>As " audit verify"; empty of the program itself.</summary>
    static string PathOf(Command command) =>
        command is RootCommand ? "" : string.Concat(AboveOf(command)
            .Reverse()
            .Where(above => above is not RootCommand)
            .Append(command)
            .Select(each => $" {each.Name}"));

    [GeneratedRegex("^Required argument '(.+?)' missing for command: '(.+?)'")]
    private static partial Regex MissingArgument();

    [GeneratedRegex("^Required argument missing for option: '(.+?)'")]
    private static partial Regex MissingValue();

    [GeneratedRegex("^Option '(.+?)' is required")]
    private static partial Regex MissingOption();

    [GeneratedRegex("^Unrecognized command or argument '(.*?)'", RegexOptions.Singleline)]
    private static partial Regex Unrecognized();

    [GeneratedRegex("^Argument '(.*?)' not recognized. Must be one of:(.*)", RegexOptions.Singleline)]
    private static partial Regex NotAmong();

    [GeneratedRegex("^Option '(.+?)' expects a single argument but (.+?) were provided")]
    private static partial Regex TooMany();

    [GeneratedRegex("^(.+?) option cannot be combined with other arguments")]
    private static partial Regex Alone();

    [GeneratedRegex("'(.+?)'")]
    private static partial Regex OneValue();

    [GeneratedRegex(
        "^Cannot parse argument '(?<value>.*?)'(?: for (?:option|command|argument) '(?<of>.+?)')? "
            + "as expected type '(?<type>.*?)'",
        RegexOptions.Singleline)]
    private static partial Regex CannotParse();
}
