using System.Text;
using SmsCampaign.Audience;
using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>
/// Counts the rows of lists by area as they are read, and keeps those that are excluded on the disk, masked: memory
/// does not grow with the lists.
/// </summary>
/// <param name="folder">Of this reading alone.</param>
/// <param name="refuse">Says why there is no room for more on the disk; null: there is. It is asked every
/// <see cref="RowsBetweenLooks"/> rows.</param>
sealed class ListRows(string folder, ListProgress progress, Func<Wording?> refuse) : IAudienceSink, IDisposable
{
    /// <summary>Of some 300 bytes at most: 16 MB.</summary>
    internal const int RowsBetweenLooks = 50_000;

    const string SpoolName = "loai-tru.tam";

    /// <summary>Bytes of the longest number, masked.</summary>
    const int LongestNumber = 20;

    const int BufferSize = 64 * 1024;

    /// <summary>Stands for no date.</summary>
    const int Never = -1;

    readonly byte[] _masked = new byte[LongestNumber];
    readonly List<long> _areas = [];
    BinaryWriter? _spool;
    long _excluded;

    string Spool => Path.Combine(folder, SpoolName);

    /// <summary>Recipients by the position of their area, from 0.</summary>
    public IReadOnlyList<long> Areas => _areas;

    public void AddMessage(int carrier, in MessageRow row)
    {
        while (_areas.Count < row.Area)
            _areas.Add(0);
        if (row.Area > 0)
            _areas[row.Area - 1]++;
        progress.Add();
    }

    public void AddExclusion(in ExclusionRow row)
    {
        var spool = _spool ??= new BinaryWriter(PrivateFiles.Create(Spool, bufferSize: BufferSize));
        spool.Write(row.Source);
        spool.Write(row.Line);
        spool.Write(row.Segment);
        spool.Write((int)row.Reason);
        spool.Write(row.Number is { } number
            ? Encoding.UTF8.GetString(_masked, 0, NumberMask.Write(number, _masked))
            : row.Written ?? "");
        spool.Write(row.Earlier?.DayNumber ?? Never);
        Look(_excluded++);
        progress.Add();
    }

    /// <param name="at">Rows before.</param>
    void Look(long at)
    {
        if (at % RowsBetweenLooks == 0 && refuse() is { } refusal)
            throw new NoRoomException(refusal);
    }

    /// <summary>Writes the excluded rows as <c>loai-tru.csv</c> of a report has them, without where the number of a
    /// duplicate stands.</summary>
    /// <exception cref="NoRoomException">There is no room for them.</exception>
    public void WriteExcluded(string path, ImportedAudience audience, Language language)
    {
        Close();
        using var file = new CsvBytes(path);
        file.Row(ExclusionRows.Headings
            .SkipLast(ExclusionRows.PlaceColumns)
            .Select(heading => heading.In(language)));
        var rows = new ExclusionRows(
            file,
            ["", .. audience.Sources.Select(source => ListDesk.Masked(source.File))],
            ["", .. audience.Segments.Select(segment => NumberMask.In(segment.Name))],
            language,
            places: false);
        if (_excluded == 0)
            return;

        using var spool = new BinaryReader(new FileStream(
            Spool, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan));
        for (var at = 0L; at < _excluded; at++)
        {
            Look(at);
            var (source, line, segment) = (spool.ReadInt32(), spool.ReadInt32(), spool.ReadInt32());
            var (reason, written) = ((ExclusionReason)spool.ReadInt32(), spool.ReadString());
            var earlier = spool.ReadInt32();
            rows.Add(new ExclusionLine(
                source,
                line,
                segment,
                reason,
                Number: null,
                written,
                StandsInSource: null,
                StandsAtLine: 0,
                StandsInSegment: 0,
                earlier == Never ? null : DateOnly.FromDayNumber(earlier).ToSql()));
        }
    }

    public void Dispose()
    {
        Close();
        File.Delete(Spool);
    }

    void Close()
    {
        _spool?.Dispose();
        _spool = null;
    }
}

/// <summary>What was to be written would take the room that is kept for the ledgers.</summary>
public sealed class NoRoomException(Wording words) : IOException(words.En), IWorded
{
    public Wording Words => words;
}
