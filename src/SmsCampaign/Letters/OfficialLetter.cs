using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using static SmsCampaign.Letters.LetterParts;

namespace SmsCampaign.Letters;

/// <summary>
/// A letter or report of the department as a Word document, laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I, says: A4,
/// Times New Roman, black. Its number, its date, the signature and the seal stay open: the registry fills them in.
/// </summary>
public sealed class OfficialLetter : IDisposable
{
    readonly MemoryStream _stream = new();
    readonly WordprocessingDocument _document;
    readonly Body _body = new();
    readonly LetterSettings _letters;
    readonly List<string> _marks = [];

    public OfficialLetter(LetterSettings letters)
    {
        _letters = letters;
        _document = WordprocessingDocument.Create(_stream, WordprocessingDocumentType.Document);
    }

    /// <summary>Both heads: whose letter it is, and Quốc hiệu, Tiêu ngữ; number and date.</summary>
    /// <param name="symbol">Behind the number, such as <c>/SKHCN-BCVT</c>.</param>
    /// <param name="about">Of a letter what it is about, in place of a title; null for a report.</param>
    /// <param name="year">Of the date.</param>
    public void Head(string symbol, string? about, int year)
    {
        Paragraph[] superior = _letters.Superior is { } above
            ? [Centred(Capitals(above), 24)]
            : [];
        var left = Cell(LeftOfHead, [
            .. superior,
            Centred(Capitals(_letters.Issuer), 24, bold: true),
            Rule(LeftOfHead, 0.36),
        ]);
        var right = Cell(RightOfHead, [
            Centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24, bold: true),
            Centred("Độc lập - Tự do - Hạnh phúc", 26, bold: true),
            Rule(RightOfHead, 0.6),
        ]);
        Paragraph[] subject = about is null ? [] : [Centred($"V/v {about}", 24, before: 120)];
        var number = Cell(LeftOfHead, [Centred($"Số:           {symbol}", 26, before: 120), .. subject]);
        var date = Cell(RightOfHead, [
            Centred(
                $"{_letters.Place ?? "…………"}, ngày       tháng       năm {year.ToString(CultureInfo.InvariantCulture)}",
                28,
                italic: true,
                before: 120),
        ]);
        _body.Append(Bare([LeftOfHead, RightOfHead], [left, right], [number, date]), Gap());
    }

    /// <summary>Of a report: what it is, and of what.</summary>
    public void Title(string type, string about) => _body.Append(
        Centred(Capitals(type), 28, bold: true),
        Centred(about, 28, bold: true),
        Rule(WidthOfText, 0.3),
        Gap());

    /// <summary>What has to be seen before anything else, as that nothing of it was really sent: in a frame here, and
    /// above every further page up to its colon.</summary>
    public void Mark(string text)
    {
        _marks.Add(text);
        _body.Append(Marked(text), Gap());
    }

    /// <summary>Kính gửi: one on the same line, several below each other.</summary>
    public void AddressedTo(params IReadOnlyList<string> names)
    {
        if (names is [var one])
        {
            _body.Append(Centred($"Kính gửi: {one}.", 28, after: 120));
            return;
        }

        _body.Append(Centred("Kính gửi:", 28));
        foreach (var (name, at) in names.Select((name, at) => (name, at)))
            _body.Append(Indented($"- {name}{(at == names.Count - 1 ? "." : ";")}", Mm(45)));
    }

    /// <summary>A paragraph of the body.</summary>
    /// <param name="isLast">Whether the text ends with it: <c>./.</c> stands behind it.</param>
    public void Paragraph(string text, bool isLast = false) =>
        _body.Append(Justified(isLast ? text.TrimEnd('.') + "./." : text));

    /// <summary>What is no sentence, such as a hash: small, from the margin.</summary>
    public void Note(string text) => _body.Append(Plain(text, 22), Gap());

    /// <summary>A heading within the body, such as "II. KẾT QUẢ" or "1. Chung".</summary>
    public void Heading(string text) => _body.Append(Justified(text, bold: true, keepNext: true));

    /// <summary>Words that are to be sent as they stand, in a frame.</summary>
    public void Framed(string text) => _body.Append(
        Grid([WidthOfText - Mm(20)], isRuled: true, [[Cell(WidthOfText - Mm(20), [Plain(text, 28)])]]), Gap());

    /// <param name="widths">Shares of the width, of each column.</param>
    /// <param name="head">Stands again on every page.</param>
    /// <param name="rows">Cells that read as numbers stand at the right.</param>
    /// <param name="size">Of its letters, half points.</param>
    /// <param name="isTotal">Whether a row, by its place, sums up others; null: none does.</param>
    public void Table(
        IReadOnlyList<int> widths,
        IReadOnlyList<string> head,
        IEnumerable<IReadOnlyList<string>> rows,
        int size = 24,
        Func<int, bool>? isTotal = null) =>
        _body.Append(Ruled(widths, head, rows, size, isTotal), Gap());

    /// <summary>A part that begins on a page of its own: "Phụ lục I".</summary>
    public void Appendix(string number, string title, string of) => _body.Append(
        new Paragraph(new Run(new Break { Type = BreakValues.Page })),
        Centred($"Phụ lục {number}", 28, bold: true),
        Centred(Capitals(title), 28, bold: true),
        Centred($"({of})", 28, italic: true, after: 120));

    /// <summary>Nơi nhận and the signature.</summary>
    public void Sign()
    {
        var list = _letters.CopiesTo
            .Prepend("Như trên")
            .Select(name => $"- {name};")
            .Append($"- Lưu: VT, {_letters.FiledBy}.");
        var left = Cell(LeftOfFoot, [
            Plain("Nơi nhận:", 24, bold: true, italic: true),
            .. list.Select(line => Plain(line, 22)),
        ]);
        Paragraph[] authority = _letters.SignsFor is { } signsFor
            ? [Centred(Capitals(signsFor), 28, bold: true)]
            : [];
        var right = Cell(RightOfFoot, [
            .. authority,
            Centred(Capitals(_letters.SignerTitle), 28, bold: true),
            Centred("", 28, after: Mm(30)),
            Centred(_letters.SignerName ?? "", 28, bold: true),
        ]);
        _body.Append(Bare([LeftOfFoot, RightOfFoot], [left, right]), End());
    }

    /// <returns>The document: the same content gives the same bytes.</returns>
    public byte[] ToBytes()
    {
        var main = _document.AddMainDocumentPart();
        _document.ChangeIdOfPart(main, "rIdDocument"); // else a new one each time
        var header = main.AddNewPart<HeaderPart>("rIdHeader");
        header.Header = new Header(_marks.Count == 0
            ? [PageNumber()]
            : [PageNumber(), Centred(string.Join(" | ", _marks.Select(mark => mark.Split(':')[0])), 20, bold: true)]);
        main.AddNewPart<StyleDefinitionsPart>("rIdStyles").Styles = DefaultStyles();
        _body.Append(Page("rIdHeader"));
        main.Document = new Document(_body);
        _document.Dispose();
        return StablePackage.Of(_stream);
    }

    public void Dispose()
    {
        _document.Dispose();
        _stream.Dispose();
    }

    static string Capitals(string text) => text.ToUpper(CultureInfo.InvariantCulture);
}
