using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using SmsCampaign.Files.Binding;
using SmsCampaign.Orthography;

namespace SmsCampaign.Files.Json;

/// <summary>
/// The engineer's file: a value has JSON's own kind, or is the text of an environment variable, and a text may
/// name where the value is kept.
/// </summary>
/// <remarks>A value that came from the environment or a secret's file is never shown.</remarks>
/// <param name="keep">Told every text that came from there, and in which value.</param>
sealed partial class JsonForm(
    SettingsReferences references, List<Problem> problems, Action<FileNode, string> keep) : FileForm
{
    public override StringComparison Choices => StringComparison.OrdinalIgnoreCase;

    public override int Errors => problems.Count(problem => problem.Severity == Severity.Error);

    public override void Report(Place at, string path, Wording what) => problems.Add(new Problem(at, what));

    /// <summary>The name of a variable is compared without regard to case, as Windows does.</summary>
    public override bool Names(FileMember entry, FileKey key) => Names(entry, key.Name);

    public static bool Names(FileMember entry, string key) => key.Equals(
        entry.Name, entry.Value.Variable is null ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    public override FileNode? Read(FileNode scalar, FileKey key, string path)
    {
        if (key.IsSecret
            && scalar is { Kind: NodeKind.Text, Variable: null, Text.Length: > 0 }
            && !SettingsReferences.IsIn(scalar.Text))
        {
            problems.Add(new Problem(scalar.Where, new Wording(
                "Không viết giá trị bí mật vào tệp này. Hãy ghi ${env:TÊN_BIẾN} hoặc ${file:ĐƯỜNG_DẪN}, "
                    + "và đổi giá trị đã viết ra.",
                "A secret may not stand in this file. Write ${env:NAME} or ${file:PATH}, and change the "
                    + "one that was written out.")));
            return null;
        }

        var before = problems.Count;
        var read = key.Kind is KeyKind.Text or KeyKind.Duration or KeyKind.Address && scalar.Kind == NodeKind.Text
            ? Expanded(scalar)
            : scalar;
        if (IsOfKind(read, key.Kind) && problems.Count == before)
            return read;

        // Without what it names, nothing can be said of its form.
        if (problems.Count == before)
            problems.Add(new Problem(scalar.Where, Told(OfAnotherKind(scalar, key), key)));
        return null;
    }

    public override FileNode ReadFreely(FileNode any) => any.Kind == NodeKind.Text
        ? Expanded(any)
        : any with
        {
            Items = any.Items.ConvertAll(ReadFreely),
            Members = any.Members.ConvertAll(member => member with { Value = ReadFreely(member.Value) }),
        };

    public override Wording Unknown(string name, FileKey shape, string? meant, string? elsewhere, string path)
    {
        meant ??= Spelling.Nearest(name, shape.Keys.Select(key => key.Name));
        return new Wording(
            $"Không có khóa '{name}'." + (meant is null ? " Hãy bỏ khóa này." : $" Có phải là '{meant}' không?"),
            $"There is no key '{name}'." + (meant is null ? " Remove it." : $" Did you mean '{meant}'?"));
    }

    public override void ReportMissing(FileNode map, Place owner, FileKey key, string path) =>
        problems.Add(new Problem(
            map.Where with { Key = map.Where.Key is { } outer ? $"{outer}.{key.Name}" : key.Name },
            Told(
                new Wording(
                    $"Thiếu khóa '{key.Name}'. Hãy thêm khóa này: cần {Wanted(key)}.",
                    $"The key '{key.Name}' is missing. Add it: expected {Wanted(key)}."),
                key)));

    public override Wording Told(Wording fault, FileKey key) =>
        key.Words.Vi is null ? fault : fault + new Wording($" {MeaningOf(key)}", $" {MeaningOf(key)}");

    public override void ReportNothing(FileMember entry, FileKey key, string path) =>
        problems.Add(new Problem(entry.Value.Where, Told(OfAnotherKind(entry.Value, key), key)));

    public override void ReportEmptyList(FileMember entry, FileKey key, string path) =>
        problems.Add(new Problem(
            entry.Value.Where,
            Told(new Wording("Danh sách không được để trống.", "The list may not be empty."), key)));

    public override Wording OfAnotherKind(FileNode found, FileKey key) => Found(found, WantedFor(key, found.Text));

    public override Wording ItemOfAnotherKind(FileNode found, FileKey list) =>
        Found(found, list.Kind == KeyKind.MapList ? Expected.Section : Expected.Text);

    public override Wording Empty => new("Không được để trống.", "It may not be empty.");

    public override Wording NoChoice(FileNode found, FileKey key) => OfAnotherKind(found, key);

    public override Wording OutOfRange(FileNode found, string least, string most) => new(
        $"Cần từ {least} đến {most}, nhưng đang là {found.Shown}.",
        $"Expected {least} to {most}, found {found.Shown}.");

    public override Wording? OfAnotherPattern(FileNode found, FileKey key) => new(
        $"Cần đúng dạng {key.Pattern}, nhưng đang là {found.Shown}.",
        $"Expected the form {key.Pattern}, found {found.Shown}.");

    static bool IsOfKind(FileNode read, KeyKind kind) => kind switch
    {
        KeyKind.Number => IsNumber(read)
            && BigInteger.TryParse(read.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        KeyKind.Decimal => IsNumber(read)
            && decimal.TryParse(
                read.Text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out _),
        KeyKind.Flag =>
            read is { Kind: NodeKind.True or NodeKind.False } or { Variable: not null, Text: "true" or "false" },
        KeyKind.Duration => read.Kind == NodeKind.Text && Duration.Parse(read.Text) is not null,
        KeyKind.Address => read.Kind == NodeKind.Text && Uri.TryCreate(read.Text, UriKind.Absolute, out _),
        _ => read.Kind == NodeKind.Text,
    };

    static bool IsNumber(FileNode read) => read.Kind == NodeKind.Number || read.Variable is not null;

    static Wording Found(FileNode found, Wording wanted) => new(
        $"Cần {wanted}, nhưng đang là {found.Shown}.", $"Expected {wanted}, found {found.Shown}.");

    /// <summary>The first sentence of what a key means: the rest is in the reference.</summary>
    static Wording MeaningOf(FileKey key) => new(
        $"Ý nghĩa của khóa: {FirstSentence(key.Words.Vi)}", $"What the key means: {FirstSentence(key.Words.En)}");

    static string FirstSentence(string words) => SentenceEnd().Match(words) is { Success: true } end
        ? words[..(end.Index + 1)]
        : words;

    /// <summary>What a key takes, of which nothing stands there yet.</summary>
    static Wording Wanted(FileKey key)
    {
        var kind = WantedFor(key, "");
        var (least, most) = key switch
        {
            { Kind: KeyKind.Number or KeyKind.Decimal, Most: { } largest } => (Figure(key.Least), Figure(largest)),
            { Lasts: { } lasts } => (lasts.Least.ToString("c"), lasts.Most.ToString("c")),
            _ => (null, null),
        };
        return least is null ? kind : new Wording($"{kind}, từ {least} đến {most}", $"{kind}, {least} to {most}");
    }

    static string Figure(long number) => number.ToString(CultureInfo.InvariantCulture);

    static Wording WantedFor(FileKey key, string written) => key.Kind switch
    {
        _ when key.IsSecret => Expected.Secret,
        KeyKind.Map => Expected.Section,
        KeyKind.MapList or KeyKind.TextList => Expected.List,
        KeyKind.Table => Expected.Table,
        KeyKind.Number => Expected.WholeNumber,
        KeyKind.Decimal => Expected.Number,
        KeyKind.Flag => Expected.Flag,
        KeyKind.Duration => Expected.Duration,
        KeyKind.Address => Expected.Address(key.Example),
        KeyKind.Choice => Expected.OneOf(key.Choices, written),
        _ => Expected.Text,
    };

    FileNode Expanded(FileNode node)
    {
        if (node.Variable is not null)
            keep(node, node.Text);

        return node with
        {
            Text = references.Expand(
                node.Text,
                text => keep(node, text),
                (what, mayPass) => problems.Add(new Problem(node.Where, what) { MayPass = mayPass })),
        };
    }

    [GeneratedRegex(@"\.(?= \p{Lu})")]
    private static partial Regex SentenceEnd();
}
