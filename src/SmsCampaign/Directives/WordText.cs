using System.Text;
using System.Xml;
using SmsCampaign.Audience;

namespace SmsCampaign.Directives;

/// <summary>
/// The words of a Word document (ECMA-376 part 1, 17), as they stand on the page: paragraphs, and rows of tables. Its
/// parts are read as those of a workbook are, so that a hostile file costs no more than another. Where it holds tracked
/// changes that nobody accepted (17.13.5), or words struck out, it is read twice: as if they were, and as before.
/// </summary>
/// <param name="accepts">Whether it is read as if its changes were accepted, without what is struck out.</param>
sealed class WordText(bool accepts)
{
    /// <summary>Most pieces of XML looked at. An order of twenty pages has some ten thousand.</summary>
    const int MostNodes = 5_000_000;

    const string Wordprocessing = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const string Strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";

    readonly List<DirectiveLine> _lines = [];
    readonly Stack<StringBuilder> _open = new();
    readonly List<string> _cells = [];
    readonly HashSet<DirectivePlace> _changed = [];
    int _paragraphs;
    int _tables;
    int _rows;
    int _inTable;
    int _characters;
    bool _isNumbered;
    bool _isHidden;
    bool _isStruck;
    int _deleted;
    int _inserted;
    bool _afterTable;
    bool _inText;

    public static DirectiveOpening Read(byte[] bytes)
    {
        try
        {
            using var parts = new WorkbookParts(new MemoryStream(bytes));
            var main = parts.RelationshipsOf("").Values
                .FirstOrDefault(relation => relation.Type == "officeDocument").Part;
            if (main is null || !main.StartsWith("word/", StringComparison.OrdinalIgnoreCase))
                return DirectiveFile.Refuse(OfAnotherKind(parts));

            if (Read(parts, main, accepts: true) is not { } text)
                return DirectiveFile.Refuse(DirectiveFile.TooLong());

            var opening = DirectiveFile.OfLines(text._lines);
            if (text._changed.Count == 0)
                return opening;

            return Read(parts, main, accepts: false) is { } before
                ? opening with { Before = DirectiveText.Of(before._lines), Changed = [.. text._changed] }
                : DirectiveFile.Refuse(DirectiveFile.TooLong());
        }
        catch (BrokenTableException)
        {
            return DirectiveFile.Refuse(new Wording(
                "Tệp Word này bung ra lớn bất thường (bom nén), không đọc. Hãy chép riêng phần chữ sang một tệp mới.",
                "This Word file unfolds to an abnormal size (a zip bomb) and is not read. Copy its text alone into a "
                    + "new file."));
        }
        catch (Exception damage) when (damage is InvalidDataException or XmlException)
        {
            return DirectiveFile.Refuse(new Wording(
                "Tệp Word này bị hỏng, không đọc được. Hãy mở bằng Word, lưu thành một tệp .docx mới, rồi chạy lại.",
                "This Word file is damaged and cannot be read. Open it in Word, save it as a new .docx, and run this "
                    + "again."));
        }
    }

    /// <returns>Null where there is too much of it.</returns>
    static WordText? Read(WorkbookParts parts, string main, bool accepts)
    {
        using var xml = parts.OpenXml(main);
        var text = new WordText(accepts);
        return text.ReadAll(xml) ? text : null;
    }

    static Wording OfAnotherKind(WorkbookParts parts) => parts.Has("mimetype")
        ? new Wording(
            "Đây là tài liệu OpenDocument (.odt), dù đuôi tệp là gì. Hãy mở bằng LibreOffice hoặc Word và lưu thành "
                + ".docx.",
            "This is an OpenDocument file (.odt), whatever its name ends in. Open it in LibreOffice or Word and save "
                + "it as .docx.")
        : new Wording(
            "Đây là tệp nén hoặc tệp Office khác, không phải tệp Word (.docx). Hãy giải nén, hoặc lưu văn bản thành "
                + ".docx.",
            "This is a zip or another Office file, not a Word document (.docx). Unpack it, or save the order as "
                + ".docx.");

    /// <returns>False where there is too much of it.</returns>
    bool ReadAll(XmlReader xml)
    {
        var nodes = 0;
        for (var more = xml.Read(); more;)
        {
            if (++nodes > MostNodes || _characters > DirectiveFile.MostCharacters)
                return false;

            // What a run's looks were before a change is not on the page; a fallback repeats what stands before it.
            if (xml.NodeType == XmlNodeType.Element
                && ((IsOurs(xml) && xml.LocalName.EndsWith("PrChange", StringComparison.Ordinal))
                    || xml.LocalName == "Fallback"))
            {
                xml.Skip();
                more = !xml.EOF;
                continue;
            }

            if (IsOurs(xml))
                Take(xml);
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                Add(xml.Value);
            more = xml.Read();
        }

        return true;
    }

    static bool IsOurs(XmlReader xml) =>
        xml.NodeType is XmlNodeType.Element or XmlNodeType.EndElement
        && xml.NamespaceURI is Wordprocessing or Strict;

    void Add(string text)
    {
        if (!_inText || _isHidden)
            return;

        if (!string.IsNullOrWhiteSpace(text) && (_deleted > 0 || _inserted > 0 || _isStruck))
            _changed.Add(_inTable > 0 ? RowPlace : ParagraphPlace(_paragraphs + 1));
        Put(text);
        _characters += text.Length;
    }

    void Put(string text)
    {
        if (_open.Count > 0 && !(accepts ? _deleted > 0 || _isStruck : _inserted > 0))
            _open.Peek().Append(text);
    }

    DirectivePlace RowPlace => new(_rows, _tables, OfDocument: true);

    static DirectivePlace ParagraphPlace(int number) => new(number, OfDocument: true);

    void Take(XmlReader xml)
    {
        if (xml.NodeType == XmlNodeType.Element)
            Begin(xml);
        if (xml.NodeType == XmlNodeType.EndElement || xml.IsEmptyElement)
            End(xml.LocalName);
    }

    void Begin(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "p":
                _open.Push(new StringBuilder());
                _isNumbered = false;
                break;
            case "tbl" when ++_inTable == 1:
                (_tables, _rows) = (_tables + 1, 0);
                break;
            case "tr" when _inTable == 1:
                _rows++;
                _cells.Clear();
                break;
            case "r":
                (_isHidden, _isStruck) = (false, false);
                break;
            case "vanish" when IsOn(xml):
                _isHidden = true;
                break;
            case "strike" or "dstrike" when IsOn(xml):
                _isStruck = true;
                break;
            case "del" or "moveFrom":
                _deleted++;
                break;
            case "ins" or "moveTo":
                _inserted++;
                break;
            case "numPr":
                _isNumbered = true;
                break;
            case "t" or "delText":
                _inText = true;
                break;
            case "tab" or "br" or "cr":
                Put(" ");
                break;
            case "noBreakHyphen":
                Put("-");
                break;
        }
    }

    static bool IsOn(XmlReader xml) => xml.GetAttribute("val", xml.NamespaceURI) is not ("0" or "false" or "off");

    void End(string name)
    {
        switch (name)
        {
            case "t" or "delText":
                _inText = false;
                break;
            case "del" or "moveFrom":
                _deleted--;
                break;
            case "ins" or "moveTo":
                _inserted--;
                break;
            case "p" when _open.Count > 0:
                EndParagraph(DirectiveText.Clean(_open.Pop().ToString()));
                break;
            case "tr" when _inTable == 1:
                EndRow();
                break;
            case "tbl":
                _afterTable = --_inTable == 0;
                break;
        }
    }

    void EndParagraph(string text)
    {
        if (_inTable > 0)
        {
            if (text.Length > 0)
                _cells.Add(text);
            return;
        }

        _paragraphs++;
        if (text.Length == 0)
            return;

        _lines.Add(new DirectiveLine(
            text,
            ParagraphPlace(_paragraphs),
            Starts: _isNumbered || _afterTable,
            IsNumberedByWord: _isNumbered));
        _afterTable = false;
    }

    /// <summary>Each paragraph of a row is a line; together they are one thing.</summary>
    void EndRow()
    {
        // A cell with a number alone is the number of the row.
        if (_cells.Count > 1 && _cells[0].All(char.IsAsciiDigit))
        {
            _cells[1] = _cells[0] + " | " + _cells[1];
            _cells.RemoveAt(0);
        }

        _lines.AddRange(_cells.Select((text, at) => new DirectiveLine(text, RowPlace, Starts: at == 0)));
    }
}
