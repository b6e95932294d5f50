using System.Collections.Frozen;
using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using SmsCampaign.WebConsole.Parts;

namespace SmsCampaign.WebConsole.Handbook;

/// <summary>A section of a document: from its heading to the next.</summary>
/// <param name="Id">Its anchor, as GitHub makes it of the heading; empty of what stands before the first.</param>
/// <param name="Level">2 for a chapter.</param>
/// <param name="Html">Without its heading. Nothing of it is as the document wrote it: it is rendered.</param>
/// <param name="Lines">Its text alone.</param>
sealed record HandbookSection(string Id, int Level, string Title, string Html, IReadOnlyList<string> Lines);

/// <summary>A document of the handbook.</summary>
/// <param name="Name">In addresses: never rename.</param>
sealed record HandbookDocument(string Name, Wording Title, bool IsEnglish, IReadOnlyList<HandbookSection> Sections)
{
    public string Address => $"/huong-dan/{Name}";
}

/// <summary>Where something that is looked for stands.</summary>
/// <param name="Excerpt">The line that says most of it.</param>
sealed record HandbookFind(HandbookDocument Document, HandbookSection Section, string Excerpt)
{
    public string Address => $"{Document.Address}#{Section.Id}";
}

/// <summary>
/// The handbook as the program carries it: rendered once a process. HTML in it is shown as text, links lead to its own
/// documents and pictures, and elsewhere only by https.
/// </summary>
static class HandbookText
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    static readonly FrozenDictionary<string, string> ByFile = new Dictionary<string, string>
    {
        ["README.md"] = "so-tay",
        ["PRIVACY.md"] = "du-lieu-ca-nhan",
        ["SECURITY.md"] = "an-toan",
        ["INSTALL.md"] = "cai-may",
        ["SETTINGS.md"] = "khoa-cau-hinh",
        ["COMMANDS.md"] = "lenh",
    }.ToFrozenDictionary();

    static readonly Lazy<IReadOnlyList<HandbookDocument>> Read = new(ReadAll);

    /// <summary>Those for officers first.</summary>
    public static IReadOnlyList<HandbookDocument> All => Read.Value;

    public static HandbookDocument? Find(string name) => All.FirstOrDefault(document => document.Name == name);

    /// <summary>Sections in which every word that is looked for stands, by title first; without diacritics.</summary>
    public static IReadOnlyList<HandbookFind> Search(string sought)
    {
        var words = Folded.Of(sought).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? [] :
        [
            .. from document in All
               from section in document.Sections
               where Folded.Finds(sought, $"{section.Title} {string.Join(' ', section.Lines)}")
               orderby Folded.Finds(sought, section.Title) descending, document.IsEnglish
               select new HandbookFind(document, section, Excerpt(section, words)),
        ];
    }

    static string Excerpt(HandbookSection section, IReadOnlyList<string> words)
    {
        const int longest = 240;
        var line = section.Lines
            .MaxBy(each => Folded.Of(each) is var folded
                ? words.Count(word => folded.Contains(word, StringComparison.Ordinal))
                : 0) ?? "";
        return line.Length <= longest ? line : line[..longest] + "…";
    }

    static HandbookDocument[] ReadAll() =>
    [
        ReadOne("so-tay", new("Sổ tay người vận hành", "The officer's handbook (Vietnamese)"), isEnglish: false),
        ReadOne(
            "du-lieu-ca-nhan", new("Bảo vệ dữ liệu cá nhân", "Personal data (Vietnamese)"), isEnglish: false),
        ReadOne("an-toan", new("An toàn thông tin", "Security (Vietnamese)"), isEnglish: false),
        ReadOne(
            "cai-may",
            new("Cài đặt và bảo trì, cho kỹ sư phụ trách (tiếng Anh)", "Installing and looking after it"),
            isEnglish: true),
        ReadOne(
            "khoa-cau-hinh",
            new("Các khóa của tệp cấu hình (tiếng Anh)", "Keys of the installation file"),
            isEnglish: true),
        ReadOne("lenh", new("Các lệnh trên máy chủ (tiếng Anh)", "The commands"), isEnglish: true),
    ];

    static HandbookDocument ReadOne(string name, Wording title, bool isEnglish)
    {
        using var resource = typeof(HandbookText).Assembly.GetManifestResourceStream($"huong-dan/{name}.md")
            ?? throw new InvalidOperationException($"{name}.md is not in the assembly");
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return new HandbookDocument(name, title, isEnglish, ToSections(reader.ReadToEnd()));
    }

    /// <summary>Renders a text in Markdown.</summary>
    internal static IReadOnlyList<HandbookSection> ToSections(string markdown)
    {
        var text = Markdown.Parse(markdown, Pipeline);
        foreach (var link in text.Descendants<LinkInline>().ToList())
            Lead(link);
        foreach (var table in text.Descendants<Table>())
            Align(table);

        var sections = new List<HandbookSection>();
        var ids = new HashSet<string>();
        var (id, level, title, html, lines) = ("", 2, "", new StringBuilder(), new List<string>());
        foreach (var block in text)
        {
            if (block is HeadingBlock heading)
            {
                Close();
                (level, title) = (heading.Level, PlainOf(heading.Inline));
                id = IdOf(title, ids);
                continue;
            }

            html.Append(Render(block, title));
            lines.AddRange(LinesOf(block));
        }

        Close();
        return sections;

        void Close()
        {
            if (title.Length > 0 || html.Length > 0)
                sections.Add(new HandbookSection(id, level, title, html.ToString(), [.. lines]));
            html.Clear();
            lines.Clear();
        }
    }

    static string Render(Block block, string title)
    {
        var text = new StringWriter();
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.Render(block);
        renderer.Writer.Flush();

        // What is wider than a phone is moved by itself, by the keys as well.
        return block is Table or CodeBlock
            ? $"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\""
                + $"{System.Net.WebUtility.HtmlEncode(title)}\">{text}</div>"
            : text.ToString();
    }

    /// <summary>Its renderer writes a style, which the policy of the pages refuses.</summary>
    static void Align(Table table)
    {
        for (var column = 0; column < table.ColumnDefinitions.Count; column++)
        {
            if (table.ColumnDefinitions[column].Alignment == TableColumnAlign.Right)
            {
                foreach (var row in table.OfType<TableRow>().Where(row => column < row.Count))
                    row[column].GetAttributes().AddClass("n");
            }

            table.ColumnDefinitions[column].Alignment = null;
        }
    }

    static void Lead(LinkInline link)
    {
        var url = link.Url ?? "";
        if (link.IsImage)
        {
            var name = url["pictures/".Length..];
            if (url.StartsWith("pictures/", StringComparison.Ordinal) && HandbookPictures.Has(name))
                link.Url = HandbookPictures.PathOf(name);
            else
                Undo(link);
        }
        else if (url.Split('#', 2) is var parts && ByFile.TryGetValue(parts[0], out var document))
        {
            link.Url = $"/huong-dan/{document}" + (parts.Length > 1 ? $"#{parts[1]}" : "");
        }
        else if (url.StartsWith("https://", StringComparison.Ordinal))
        {
            link.GetAttributes().AddProperty("rel", "noreferrer");
        }
        else if (!url.StartsWith('#'))
        {
            Undo(link); // of a file beside the document, which the program does not carry
        }
    }

    /// <summary>Leaves its words alone.</summary>
    static void Undo(LinkInline link)
    {
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }

        link.Remove();
    }

    /// <summary>As GitHub makes it: links in the documents are written for that.</summary>
    static string IdOf(string title, HashSet<string> taken)
    {
        var id = new StringBuilder();
        foreach (var letter in title.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter) || letter is '-' or '_')
                id.Append(letter);
            else if (letter == ' ')
                id.Append('-');
        }

        var plain = id.ToString();
        for (var again = 1; !taken.Add($"{id}"); again++)
            id.Clear().Append(plain).Append('-').Append(again);
        return id.ToString();
    }

    static string PlainOf(ContainerInline? inline)
    {
        var plain = new StringBuilder();
        foreach (var each in inline?.Descendants() ?? [])
        {
            if (each is LiteralInline literal)
                plain.Append(literal.Content.AsSpan());
            else if (each is CodeInline code)
                plain.Append(code.Content);
            else if (each is LineBreakInline)
                plain.Append(' ');
        }

        return plain.ToString().Normalize();
    }

    static IEnumerable<string> LinesOf(Block block) => block switch
    {
        FencedCodeBlock or CodeBlock => ((LeafBlock)block).Lines.Lines?
            .Select(line => line.ToString().Trim())
            .Where(line => line.Length > 0) ?? [],
        LeafBlock leaf => [PlainOf(leaf.Inline)],
        TableRow row => [string.Join(" | ", row.Descendants<LeafBlock>().Select(leaf => PlainOf(leaf.Inline)))],
        ContainerBlock container => container.SelectMany(LinesOf),
        _ => [],
    };
}
