using SmsCampaign.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Directives;

/// <summary>What a field of an order must come to.</summary>
/// <param name="Value">Null: it is asked, or left out.</param>
/// <param name="IsAsked">Whether the order does not say it so that one can be sure.</param>
sealed record ExpectedField(DirectiveField Field, string? Value, bool IsAsked)
{
    public bool IsThere => Value is not null;

    public bool IsRight(DirectiveFinding found) =>
        found.Value == Value && (found.Question is not null) == IsAsked;

    /// <summary>The one fault that is not to be: a value that nobody said, told as if it were sure.</summary>
    public bool IsGuessed(DirectiveFinding found) => found.Value is not null && found.Value != Value;
}

/// <summary>An order in Cases, with what is to be found in it. The first five are real, as they were published; the
/// others are written after such.</summary>
sealed record DirectiveCase(string Name, string File)
{
    public static readonly string[] Real =
        ["dak-lak-2025", "hue-2024", "ha-noi-2025", "lang-son-2022", "lai-chau-2024"];

    public static readonly string[] Written =
    [
        "lam-dong-2025", "can-tho-2025", "nghe-an-2025", "hue-2024-sua", "quang-ninh-2025", "son-la-2024",
        "gia-lai-2025", "ca-mau", "dien-bien-2025", "tay-ninh-2025",
    ];

    static string Folder => Repository.PathOf("tests/SmsCampaign.Tests/Directives/Cases");

    /// <param name="folder">Where Word documents are made.</param>
    public static DirectiveCase Of(string name, TempFolder folder)
    {
        var word = Path.Combine(Folder, name + ".word");
        return new DirectiveCase(name, System.IO.File.Exists(word)
            ? WordFile.Write(folder.File(name + ".docx"), System.IO.File.ReadAllText(word))
            : Path.Combine(Folder, name + ".txt"));
    }

    /// <summary>Empty where nothing is to be taken from it.</summary>
    public IReadOnlyList<ExpectedField> Expected
    {
        get
        {
            var file = Path.Combine(Folder, Name + ".expected");
            if (!System.IO.File.Exists(file))
                return [];

            var written = System.IO.File.ReadLines(file).Select(Read).ToList();
            return written.Exists(each => each.Field == DirectiveField.Sent)
                ? written
                : [.. written, written.Single(each => each.Field == DirectiveField.Text) with
                {
                    Field = DirectiveField.Sent,
                }];
        }
    }

    static ExpectedField Read(string line)
    {
        var (name, rest) = line.Split(' ', 2) is [var first, var then] ? (first, then) : (line, "");
        return new ExpectedField(
            Enum.Parse<DirectiveField>(name), rest.StartsWith("= ", StringComparison.Ordinal) ? rest[2..] : null,
            rest == "?");
    }
}
