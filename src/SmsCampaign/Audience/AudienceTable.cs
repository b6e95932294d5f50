namespace SmsCampaign.Audience;

/// <summary>
/// One table that a segment reads: a CSV file, or a sheet of a workbook.
/// </summary>
/// <param name="Sheet">Null where the file is no workbook.</param>
/// <param name="File">Full path.</param>
/// <param name="ShownFile">The path as shown to a person.</param>
/// <param name="NameToShow">Of the sheet, where the file has others.</param>
/// <param name="IsLast">Whether no later segment reads the table: what none has taken is then outside all.</param>
sealed record AudienceTable(string File, string? Sheet, string ShownFile, string? NameToShow, bool IsLast)
{
    public (string File, string? Sheet) Key => (File, Sheet);

    /// <summary>As the sources of a run name it.</summary>
    public string Shown => NameToShow is null ? ShownFile : $"{ShownFile} [{NameToShow}]";

    /// <exception cref="BrokenTableException">The sheet has gone since it was chosen.</exception>
    public TableSheet FindIn(TableBook book) =>
        book.Sheets.FirstOrDefault(sheet => sheet.Name == Sheet) ?? throw new BrokenTableException(null, new Wording(
            "Tệp bị sửa trong lúc đang đọc. Hãy đóng tệp ở mọi máy rồi chạy lại.",
            "The file was changed while it was read. Close it on every machine and run again."));
}
