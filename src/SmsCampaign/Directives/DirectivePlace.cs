namespace SmsCampaign.Directives;

/// <summary>Where in an order something stands: as an editor, or Word, counts.</summary>
/// <param name="Number">From 1: line of a text; of a Word document the paragraph, empty ones too, or of a table the row
/// in it.</param>
/// <param name="Table">From 1, in a Word document; null outside of tables.</param>
/// <param name="OfDocument">Whether it is a Word document.</param>
public readonly record struct DirectivePlace(int Number, int? Table = null, bool OfDocument = false) : IWorded
{
    public Wording Words => Table is { } table
        ? new Wording($"bảng {table}, hàng {Number}", $"table {table}, row {Number}")
        : OfDocument
            ? new Wording($"đoạn {Number}", $"paragraph {Number}")
            : new Wording($"dòng {Number}", $"line {Number}");
}

/// <summary>A line of an order: of a text file, or a paragraph or a row of a table of a Word document.</summary>
/// <param name="Text">As it is read: composed, one space between words, without marks of lists and emphasis.</param>
/// <param name="Starts">Whether something of its own begins here, whatever it says.</param>
/// <param name="IsNumberedByWord">Whether a number or a bullet stands before it on the page that is not in its
/// text.</param>
sealed record DirectiveLine(
    string Text, DirectivePlace Place, bool Starts = false, bool IsNumberedByWord = false);
