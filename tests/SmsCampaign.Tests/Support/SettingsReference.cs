using System.Globalization;
using System.Text;
using SmsCampaign.Carriers;
using SmsCampaign.Files.Binding;
using SmsCampaign.Installations;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// Writes config/SETTINGS.md from the keys that the settings classes declare: each with what it takes,
/// its default, and what it means.
/// </summary>
static class SettingsReference
{
    const string Head =
        """
        # Settings of `config/smscampaign.json`

        Every key of the installation file, with what it takes, its default and what it means, in English and in
        Vietnamese. Written from the settings classes; a test fails while it is out of date. After a change to one of
        them, write it anew and commit it:
        `UPDATE_SETTINGS=1 dotnet test --filter SettingsReferenceTests`.

        How the file is written, and where secrets go: [INSTALL.md](INSTALL.md#the-installation-file). What to ask each
        carrier for, and an example of each type of lane: [gateways](gateways/README.md).

        A duration is `hh:mm:ss` (`72:00:00` is three days) or `d.hh:mm:ss`. A secret is written `${env:NAME}` or
        `${file:PATH}`. A path in an answer or a receipt is as `data.results[0].id`.

        """;

    const string TableHead = "| Key | Takes | Default | Meaning | Ý nghĩa |\n|---|---|---|---|---|\n";

    public static string Write()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n")).Append('\n');
        var words = new List<(FileKey Choice, List<string> Keys)>();

        text.Append("## This installation\n\n").Append(TableHead);
        var installation = SettingKey.Of(typeof(InstallationSettings));
        AddRows(text, installation.Keys, "", "", words);

        var lanes = installation.Keys.Single(key => key.Item is { VariantKey: not null }).Item!.Variants;
        text.Append("\n## Every lane\n\n").Append(TableHead);
        AddRows(text, lanes[0].Keys.Where(key => Declares(key) == typeof(LaneOptions)), "", "", words);

        text.Append("\n## Asking what became of messages\n\n")
            .Append("Keys of `inquiry`, of every type of lane that has it, beside its own below.\n\n").Append(
                TableHead);
        var inquiry = SettingKey.Of(typeof(AnyInquiry)).Keys;
        AddRows(text, inquiry.Where(key => Declares(key) == typeof(InquiryOptions)), "inquiry.", "", words);

        foreach (var lane in lanes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## Lanes of type `{lane.Name}`\n\n")
                .AppendJoin('\n', Wrapped($"{lane.Words.En} See [its page](gateways/{lane.Name}.md)."))
                .Append("\n\n").AppendJoin('\n', Wrapped(lane.Words.Vi))
                .Append("\n\n").Append(TableHead);
            AddRows(text, lane.Keys.Where(IsOwn), "", $" ({lane.Name})", words);
        }

        text.Append("\n## What the words mean\n\n| Key | Word | Meaning | Ý nghĩa |\n|---|---|---|---|\n");
        foreach (var (choice, keys) in words)
        {
            var key = string.Join(", ", keys.Distinct());
            foreach (var (name, meaning) in choice.Choices.Zip(choice.ChoiceWords))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {key} | `{name}` | {Cell(meaning.En)} | {Cell(meaning.Vi)} |\n");
                key = "";
            }
        }

        return text.ToString();
    }

    /// <summary>A row a key, and under each section its own.</summary>
    static void AddRows(
        StringBuilder text,
        IEnumerable<FileKey> keys,
        string prefix,
        string lane,
        List<(FileKey Choice, List<string> Keys)> words)
    {
        foreach (var key in keys)
        {
            var name = prefix + key.Name;
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{name}` | {Takes(key)} | {Default(key)} | {Cell(key.Words.En)} | {Cell(key.Words.Vi)} |\n");

            if ((key.Item ?? key) is { Kind: KeyKind.Choice } choice)
            {
                var known = words.FindIndex(each => each.Choice.Choices.SequenceEqual(choice.Choices)
                    && each.Choice.ChoiceWords.SequenceEqual(choice.ChoiceWords));
                if (known < 0)
                    words.Add((choice, [$"`{name}`{lane}"]));
                else
                    words[known].Keys.Add($"`{name}`{lane}");
            }

            AddRows(text, key.Keys.Where(IsOwn), name + ".", lane, words);
        }
    }

    /// <summary>What derives from LaneOptions or InquiryOptions has their keys in tables of their own.</summary>
    static bool IsOwn(FileKey key) =>
        Declares(key) is var declares && declares != typeof(LaneOptions) && declares != typeof(InquiryOptions);

    static Type Declares(FileKey key) => ((SettingKey)key).Property!.DeclaringType!;

    static string Takes(FileKey key)
    {
        if (key.IsSecret)
            return "secret";
        if (key.Pattern is { } form)
            return form.All(letter => char.IsAsciiLetter(letter) || letter == '|')
                ? OneOf(form.Split('|'))
                : $"of the form `{form.Replace("|", "\\|", StringComparison.Ordinal)}`";

        return KindOf(key) + (key switch
        {
            { Kind: KeyKind.Number or KeyKind.Decimal } =>
                string.Create(CultureInfo.InvariantCulture, $", {key.Least:N0} to {key.Most:N0}"),
            { Lasts: { } lasts } => $", {lasts.Least:c} to {lasts.Most:c}",
            { Kind: KeyKind.TextList or KeyKind.MapList or KeyKind.Table, MayBeEmpty: false } => ", 1 or more",
            _ => "",
        });
    }

    static string KindOf(FileKey key) => key.Kind switch
    {
        KeyKind.Json => "JSON",
        KeyKind.Number => "whole number",
        KeyKind.Decimal => "number",
        KeyKind.Flag => "`true`, `false`",
        KeyKind.Duration => "duration",
        KeyKind.Address => "URL",
        KeyKind.Choice => OneOf(key.Choices),
        KeyKind.Map when key.VariantKey is { } chooser => $"section with keys by its `{chooser.Name}`",
        KeyKind.TextList => "list of: text",
        KeyKind.MapList => "list of: section",
        KeyKind.Table => $"by name: {KindOf(key.Item!)}",
        KeyKind.Map => "section",
        _ => "text",
    };

    static string OneOf(IEnumerable<string> words) => $"one of {string.Join(", ", words.Select(word => $"`{word}`"))}";

    static string Default(FileKey key) => key switch
    {
        { Required: true } => "required",
        { Default: null } => "none",
        { Kind: KeyKind.Map } => "",
        { Kind: KeyKind.Number or KeyKind.Decimal, Default: var number } =>
            string.Create(CultureInfo.InvariantCulture, $"`{decimal.Parse(number, CultureInfo.InvariantCulture):N0}`"),
        { Default: var text } => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`",
    };

    static string Cell(string words) => words
        .Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    static IEnumerable<string> Wrapped(string words)
    {
        const int columns = 118;
        var line = "";
        foreach (var word in words.Split(' '))
        {
            if (line.Length + word.Length >= columns)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    /// <summary>Of no gateway, for the keys that all share.</summary>
    sealed class AnyInquiry : InquiryOptions;
}
