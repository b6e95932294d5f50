using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>
/// Walks through the rows of one segment after the other, in order of priority, and says what becomes of each.
/// </summary>
sealed class AudienceRows : IDisposable
{
    /// <summary>Rows between two looks at whether to stop.</summary>
    const int RowsBetweenLooks = 4096;

    readonly CarrierDecider _decider;
    readonly NumberReader _reader;
    readonly WrittenNumbers _written;
    readonly UnnamedColumns _unnamed;
    readonly SuppressionList _suppressed;
    readonly IAudienceSink _sink;
    readonly (DateOnly Date, NumberSet Numbers)[] _earlier;
    readonly Dictionary<DateOnly, long> _alreadySent = [];

    readonly NumberSet _numbers = new();
    readonly AreaList _areas = new();
    readonly AudienceHash _hash = new();
    readonly List<AudienceSource> _sources = [];
    readonly Dictionary<(string File, string? Sheet), int> _sourceOf = [];
    readonly List<(Segment Segment, AudienceTable Table, AudienceColumns Columns)> _read = [];
    readonly List<AudienceSegment> _segments = [];
    readonly List<AudienceCarrier> _carriers;
    readonly bool[] _served;
    readonly Dictionary<(int Carrier, int Segment), long> _recipients = [];
    long _outside;
    readonly long[] _excluded = new long[Enum.GetValues<ExclusionReason>().Max(reason => (int)reason) + 1];
    readonly long[] _repaired = new long[1 << Enum.GetValues<NumberRepair>().Length];

    // Of the segment being read.
    long[] _segmentRecipients = [];
    HiddenRows? _hiddenRows;
    int _segment;

    // Of the table being read.
    MisnamedCarriers _misnamed = new();
    int _source;

    public AudienceRows(
        IReadOnlyDictionary<string, string> laneOfCarrier,
        PrefixTable prefixes,
        CarrierDecider decider,
        NumberReader reader,
        SuppressionList suppressed,
        IAudienceSink sink,
        IReadOnlyList<(DateOnly Date, NumberSet Numbers)> earlier)
    {
        _decider = decider;
        (_reader, _written) = (reader, new WrittenNumbers(reader));
        _unnamed = new UnnamedColumns(reader, _written);
        _suppressed = suppressed;
        _sink = sink;
        _earlier = [.. earlier];
        _carriers = [.. prefixes.Carriers.Select((name, at) =>
            new AudienceCarrier(name, prefixes.Names.DisplayNameOf(at), laneOfCarrier.GetValueOrDefault(name)))];
        _served = [.. _carriers.Select(carrier => carrier.Lane is not null)];
    }

    /// <param name="tables">The sheets the segment reads, of its one file.</param>
    /// <param name="problems">Of the file.</param>
    public void Read(
        Segment segment,
        IReadOnlyList<AudienceTable> tables,
        FileProblems problems,
        CancellationToken cancellationToken)
    {
        _segmentRecipients = new long[_carriers.Count];
        _hiddenRows = segment.HiddenRows;
        _segment = _segments.Count + 1;

        var (rows, matched, sound) = (0L, 0L, true);
        foreach (var table in tables)
        {
            var found = problems.OfSheet(table.NameToShow);
            var counts = Read(segment, table, found, cancellationToken);
            (rows, matched, sound) = (rows + counts.Rows, matched + counts.Matched, sound && !found.HasErrors);
            found.Finish();
        }

        _segments.Add(new AudienceSegment(segment.Name, segment.Message, segment.Priority, matched));
        Sum();

        if (matched == 0 && sound)
        {
            var before = _read.Exists(read => read.Segment != segment && read.Segment.File == segment.File);
            problems.Warn(null, null, new Wording(
                $"Nhóm nhận tin “{segment.Name}” không có ai: "
                    + $"{(rows == 0 ? "tệp chỉ có dòng tên cột" : $"không dòng nào trong {rows} dòng khớp bộ lọc")}"
                    + $"{(before ? " hoặc đã thuộc nhóm nhận tin ưu tiên hơn" : "")}.",
                $"Nobody is in segment '{segment.Name}': "
                    + $"{(rows == 0 ? "the file has only its column names" : $"no row of {rows} matches the filter")}"
                    + $"{(before ? ", or a segment of higher priority has them" : "")}."));
        }
    }

    (long Rows, long Matched) Read(
        Segment segment, AudienceTable chosen, FileProblems problems, CancellationToken cancellationToken)
    {
        _misnamed = new MisnamedCarriers();
        _source = _sourceOf.TryGetValue(chosen.Key, out var known) ? known : _sources.Count + 1;

        try
        {
            using var book = TableFile.Open(segment.File);
            using var table = book.Open(chosen.FindIn(book));
            var columns = AudienceColumns.Find(
                table, segment, (line, column, what) => problems.Error(line, column, what));
            if (columns.IsSound && table.RowsInCell(_written) is { } swallowed)
                problems.Error(table.Line, null, swallowed);
            if (!columns.IsSound)
                return default;

            table.Bound(columns.Count);
            _read.Add((segment, chosen, columns));
            var over = _read.Where(read => read.Table.Key == chosen.Key).ToList();
            var outside = chosen.IsLast
                ? new OutsideRows([.. over.Select(read => (read.Segment, read.Columns))])
                : null;
            var (rows, matched) = Read(
                table,
                [.. over.Select(read => new RowFilter(read.Segment.Filter, read.Columns))],
                columns,
                outside,
                problems,
                cancellationToken);

            AddSource(chosen, new AudienceSource(chosen.Shown, table.FinishHash(), rows), problems);
            _misnamed.Report(problems);
            outside?.Report(problems, table.LineWord);
            return (rows, matched);
        }
        catch (BrokenTableException broken)
        {
            problems.Add(broken);
            return default;
        }
    }

    public ImportedAudience Finish(IReadOnlyList<Segment> segments, IReadOnlyList<string> suppressions) =>
        Finish(segments, suppressions, _hash.FinishRows());

    ImportedAudience Finish(
        IReadOnlyList<Segment> segments, IReadOnlyList<string> suppressions, IReadOnlyDictionary<int, string> rows) =>
        new()
        {
            Sources = _sources,
            Suppressions = suppressions,
            Outside = _outside,
            Segments = _segments,
            Carriers = _carriers,
            Areas = _areas.Names,
            Recipients = [.. _recipients
                .OrderBy(count => count.Key)
                .Select(count => new AudienceCount(count.Key.Carrier, count.Key.Segment, count.Value))],
            Excluded = Enum.GetValues<ExclusionReason>()
                .Where(reason => _excluded[(int)reason] > 0)
                .ToDictionary(reason => reason, reason => _excluded[(int)reason]),
            AlreadySent = _alreadySent,
            Repaired = Enum.GetValues<NumberRepair>()
                .Where(repair => repair != NumberRepair.None)
                .Select(repair =>
                    (repair, Count: _repaired.Where((_, flags) => ((NumberRepair)flags).HasFlag(repair)).Sum()))
                .Where(entry => entry.Count > 0)
                .ToDictionary(entry => entry.repair.ToString(), entry => entry.Count),
            Rows = rows,
            Hash = AudienceHash.Of(
                rows, segments, _sources.Select(source => source.Sha256), suppressions, _carriers, _areas.Names),
        };

    public void Dispose() => _hash.Dispose();

    /// <param name="filters">Of the segments that have read the file, this one's last.</param>
    /// <param name="outside">Gets what no filter takes; null where a later segment may.</param>
    (long Rows, long Matched) Read(
        TableReader table,
        RowFilter[] filters,
        AudienceColumns columns,
        OutsideRows? outside,
        FileProblems problems,
        CancellationToken cancellationToken)
    {
        var tooManyAreas = false;
        var hidden = new HiddenRowCount();
        var newAreas = new List<(string Name, int Line)>();
        List<int> unnamed = [.. columns.Unnamed, .. Enumerable.Range(columns.Count, table.Spare)];
        long rows = 0, matched = 0;

        while (table.Read())
        {
            if (rows % RowsBetweenLooks == 0)
                cancellationToken.ThrowIfCancellationRequested();

            _unnamed.Find(table, unnamed, problems);
            var phone = table.Digits(columns.Phone);
            if (phone.IsEmpty && table.IsBlank())
                continue;

            rows++;
            if (table.IsHidden)
                hidden.Add(table.Line);
            if (table.HasUncomputed)
                ReportUncomputed(table, columns, problems);
            if (table.HasMoreThan(columns.Count))
            {
                problems.Error(table.Line, null, table.TooManyCells(columns.Count));
                continue;
            }

            if (table.RowsInCell(_written) is { } swallowed)
            {
                problems.Error(table.Line, null, swallowed);
                continue;
            }

            // A row is of the first segment that asks for it; the others do not see it.
            var taker = RowFilter.FindTaker(filters, table);
            if (taker < 0 && outside is not null)
            {
                outside.Add(table);
                ExcludeOutside(phone, table.Line);
            }

            if (taker != filters.Length - 1)
                continue;

            matched++;
            var known = _areas.Names.Count;
            var area = _areas.Of(columns.Commune < 0 ? default : table.Cell(columns.Commune));
            if (area > known)
                newAreas.Add((_areas.Names[known], table.Line));

            if (area == 0 && !tooManyAreas)
            {
                tooManyAreas = true;
                problems.Error(table.Line, null, table.Cell(columns.Commune).Length > AreaList.Longest
                    ? new Wording(
                        $"Ô xã/phường dài quá {AreaList.Longest} ký tự, không phải tên xã. "
                            + $"Hãy để cột xã/phường chỉ có tên xã, phường.",
                        $"The commune is longer than {AreaList.Longest} characters and no name. "
                            + $"Leave only communes' names in the column.")
                    : new Wording(
                        $"Cột xã/phường có hơn {Figures.Count(AreaList.Most)} giá trị khác nhau: có lẽ là địa chỉ. "
                            + $"Hãy để cột xã/phường chỉ có tên xã, phường.",
                        $"The commune column holds more than {AreaList.Most} different values: "
                            + $"it seems to be an address. Leave only communes' names in it."));
            }

            if (table.IsHidden && _hiddenRows == HiddenRows.Leave)
                ExcludeHidden(phone, table.Line);
            else
                Decide(phone, table, columns, area, problems);
        }

        hidden.Report(_hiddenRows, problems);
        AreaSpelling.Check(newAreas, problems);
        return (rows, matched);
    }

    static void ReportUncomputed(TableReader table, AudienceColumns columns, FileProblems problems)
    {
        foreach (var column in columns.Used)
        {
            if (table.LacksResult(column))
                problems.Error(table.Line, columns.Headings[column], table.NoResult(column));
        }
    }

    void Decide(ReadOnlySpan<char> phone, TableReader table, AudienceColumns columns, int area, FileProblems problems)
    {
        var reading = _reader.Read(phone);
        if (reading.Reason is { } reason)
        {
            if (reason == ExclusionReason.NotANumber
                && phone.Trim().Equals(columns.PhoneHeading, StringComparison.OrdinalIgnoreCase))
            {
                problems.Warn(table.Line, null, new Wording(
                    "Tên cột lặp lại giữa bảng, có lẽ do ghép hai tệp. Dòng này bị loại; "
                        + "các dòng sau đọc theo thứ tự cột ở đầu bảng.",
                    "The column names stand again within the table, as where two files were pasted together. "
                        + "The row is excluded; those after it are read by the columns at the top."));
            }

            if (UnusualNumber.FindControl(phone) is { } control)
            {
                var why = SuppressionList.ControlWords(control);
                problems.Warn(table.Line, null, new Wording(
                    $"Số điện thoại {why}. Dòng này bị loại.", $"The telephone number: {why}. The row is excluded."));
            }

            Exclude(table.Line, reason, null, reason == ExclusionReason.Empty ? null : Masking.Of(phone));
            return;
        }

        var number = reading.Number;
        var cell = columns.Carrier < 0 ? default : table.Cell(columns.Carrier);
        var decision = _decider.Decide(number, cell);
        if (decision.Misnamed)
            _misnamed.Add(cell, table.Line);

        if (_suppressed.Contains(number))
            Exclude(table.Line, ExclusionReason.Suppressed, number.Msisdn, null);
        else if (!_numbers.Add(number.Msisdn))
            Exclude(table.Line, ExclusionReason.Duplicate, number.Msisdn, null);
        else if (FindEarlier(number.Msisdn) is { } date)
            ExcludeSent(table.Line, number.Msisdn, date);
        else if (decision.Carrier < 0 || !_served[decision.Carrier])
            Exclude(table.Line, ExclusionReason.NoLane, number.Msisdn, null);
        else
            Take(number, decision, area, table.Line, reading.Repair);
    }

    void Take(PhoneNumber number, CarrierDecision decision, int area, int line, NumberRepair repair)
    {
        var row = new MessageRow(number.Msisdn, _segment, area, decision.Rule!.Value, _source, line);
        _hash.Add(decision.Carrier + 1, row);
        _segmentRecipients[decision.Carrier]++;
        _repaired[(int)repair]++;
        _sink.AddMessage(decision.Carrier + 1, row);
    }

    /// <returns>The date of the first run that may have sent to the number.</returns>
    DateOnly? FindEarlier(long number)
    {
        foreach (var (date, numbers) in _earlier)
        {
            if (numbers.Contains(number))
                return date;
        }

        return null;
    }

    void ExcludeOutside(ReadOnlySpan<char> phone, int line)
    {
        _outside++;
        ExcludeUnread(phone, line, segment: 0, ExclusionReason.OutsideSegments);
    }

    void ExcludeHidden(ReadOnlySpan<char> phone, int line) =>
        ExcludeUnread(phone, line, _segment, ExclusionReason.HiddenRow);

    /// <summary>Of a row that is left out whatever its number.</summary>
    void ExcludeUnread(ReadOnlySpan<char> phone, int line, int segment, ExclusionReason reason)
    {
        var reading = _reader.Read(phone);
        Exclude(reading.IsMobile
            ? new ExclusionRow(_source, line, segment, reason, reading.Number.Msisdn, null)
            : new ExclusionRow(_source, line, segment, reason, null, Masking.Of(phone)));
    }

    void ExcludeSent(int line, long number, DateOnly date)
    {
        _alreadySent[date] = _alreadySent.GetValueOrDefault(date) + 1;
        Exclude(new ExclusionRow(_source, line, _segment, ExclusionReason.AlreadySent, number, null, date));
    }

    void Exclude(int line, ExclusionReason reason, long? number, string? written) =>
        Exclude(new ExclusionRow(_source, line, _segment, reason, number, written));

    void Exclude(in ExclusionRow row)
    {
        _hash.Add(row);
        _excluded[(int)row.Reason]++;
        _sink.AddExclusion(row);
    }

    void Sum()
    {
        for (var carrier = 0; carrier < _segmentRecipients.Length; carrier++)
        {
            if (_segmentRecipients[carrier] > 0)
                _recipients[(carrier + 1, _segment)] = _segmentRecipients[carrier];
        }
    }

    void AddSource(AudienceTable table, AudienceSource source, FileProblems problems)
    {
        if (_sourceOf.TryAdd(table.Key, _source))
        {
            _sources.Add(source);
        }
        else if (_sources[_source - 1].Sha256 != source.Sha256)
        {
            problems.Error(null, null, new Wording(
                "Tệp bị sửa trong lúc đang đọc. Hãy đóng tệp ở mọi máy rồi chạy lại.",
                "The file was changed while it was read. Close it on every machine and run again."));
        }
    }
}
