using System.IO.Compression;
using SmsCampaign.Letters;
using SmsCampaign.Storage;

namespace SmsCampaign.Reports.Documents;

/// <summary>
/// bao-cao.xlsx: a cover with the charts, a sheet of each table, and behind them the rows a message and a row that is
/// excluded, which are written through as they are read.
/// </summary>
sealed class ReportWorkbook : IDisposable
{
    public const string Name = "bao-cao.xlsx";

    readonly ReportFolder _folder;
    readonly ReportOptions _options;
    readonly FileStream _file;
    readonly ZipArchive _package;
    readonly WrittenWorkbook _book = new();
    readonly List<LongTable> _tables = [];
    readonly Dictionary<string, int> _texts = [];

    public ReportWorkbook(ReportFolder folder, ReportOptions options)
    {
        (_folder, _options) = (folder, options);
        _file = folder.CreateFile(Name);
        _package = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>A table of very many rows. One that is not spooled is ended before another such is begun.</summary>
    /// <param name="run">Whose rows they are.</param>
    /// <param name="spool">Name for what is kept beside until <see cref="LongTable.End"/>; null: written right into the
    /// workbook.</param>
    public LongTable Begin(RunDescription run, Wording name, IEnumerable<Wording> headings, string? spool = null)
    {
        // What else has to be seen is not known before the rows are written: it stands above the tables of counts.
        var mode = SummaryFile.ModeOf(run);
        var header = SummaryFile.IsLive(mode.Vi) ? null : mode.In(_options.Language).Split(':')[0];
        var table = new LongTable(
            name.In(_options.Language),
            [.. headings.Select(heading => heading.In(_options.Language))],
            _options.MostSheetRows,
            _book.Stream,
            spool is null
                ? part => StablePackage.NewPart(_package, part, CompressionLevel.Fastest)
                : part => _folder.CreateSpool($"{spool}-{Path.GetFileNameWithoutExtension(part)}.part"),
            spool is null ? null : part => StablePackage.NewPart(_package, part, CompressionLevel.Fastest),
            header,
            Cell);
        _tables.Add(table);
        return table;
    }

    /// <summary>The cell of a text that comes again and again.</summary>
    public byte[] Cell(string text)
    {
        if (text.Length == 0)
            return SheetStream.Nothing;

        var shown = DocumentText.Of(text);
        if (!_texts.TryGetValue(shown, out var at))
            _texts[shown] = at = _texts.Count;
        return SheetStream.Shared(at);
    }

    /// <summary>Writes the rest. All long tables are ended.</summary>
    public void End(ReportModel model)
    {
        new WorkbookSheets(_book, model).Write(_tables);
        foreach (var table in _tables)
            table.ListIn(_book);
        _book.SharedTexts(_texts.OrderBy(text => text.Value).Select(text => text.Key));
        _book.WriteTo(_package);
        _package.Dispose();
    }

    public void Dispose()
    {
        foreach (var table in _tables)
            table.Dispose();
        _book.Dispose();
        _package.Dispose();
        _file.Dispose();
    }
}
