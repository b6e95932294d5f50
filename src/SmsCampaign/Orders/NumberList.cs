using SmsCampaign.Audience;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Orthography;

namespace SmsCampaign.Orders;

/// <summary>What a list of numbers is held to.</summary>
/// <param name="Carrier">Whose list it is, as <see cref="CarrierDecider"/> counts them; -1 where that is not
/// known.</param>
/// <param name="Suppressed">Null where a list cannot be read.</param>
/// <param name="Ours">Whom the department has texted; null where that cannot be read.</param>
/// <param name="Keep">What is kept of a number: below 2^96.</param>
/// <param name="Kept"><c>hashed</c> or <c>full</c>.</param>
/// <param name="Key">As <see cref="ResultNumbers.Key"/>.</param>
sealed record NumberCase(
    NumberReader Reader,
    PrefixTable Prefixes,
    PortedList Ported,
    int Carrier,
    SuppressionList? Suppressed,
    NumberSet? Ours,
    Func<long, UInt128> Keep,
    string Kept,
    string? Key);

/// <summary>A row that a person should look at.</summary>
/// <param name="Sheet">Null where the file has but one.</param>
/// <param name="Masked">The number as it may be shown.</param>
/// <param name="Status">As the carrier writes it.</param>
readonly record struct NumberNote(string? Sheet, int Line, string Masked, Wording Why, string Status);

/// <summary>A list as it was read.</summary>
/// <param name="Rows">Its sums, an area and class each.</param>
/// <param name="Parts">What is to be kept of it.</param>
sealed record ReadNumbers(ResultNumbers Numbers, IReadOnlyList<ResultRow> Rows, IReadOnlyList<byte[]> Parts);

/// <summary>Reads a list with a number a row, of one sheet or several. Memory does not grow with what stands in a row:
/// of each number 16 bytes are kept.</summary>
/// <param name="note">Gets each row that a person should look at.</param>
sealed class NumberList(HolderSettings holder, NumberCase about, Action<NumberNote> note)
{
    /// <summary>More than any province has subscribers; what is more would not fit in memory.</summary>
    const int MostRows = 20_000_000;

    /// <summary>Rows between two looks at whether to stop.</summary>
    const int RowsBetweenLooks = 4096;

    /// <summary>Different words that nobody has explained, named to a person.</summary>
    const int MostNamed = 10;

    /// <summary>Most areas: as of a table by area.</summary>
    const int MostAreas = 50_000;

    static readonly Wording Again = new("lặp lại trong tệp", "stands in the file before");
    static readonly Wording SuppressedWords = new(
        "trong danh sách từ chối nhận tin mà vẫn được nhắn", "on a suppression list, and texted all the same");
    static readonly Wording OursWords = new("Sở cũng đã nhắn số này", "texted by the department as well");

    readonly NumberClaims _claims = new(holder.Statuses);
    readonly WrittenNumbers _written = new(about.Reader);
    readonly CarrierDecider _decider = new(about.Prefixes, about.Ported);
    readonly NumberSet _seen = new();
    readonly NumberRecords _records = new();
    readonly Dictionary<string, int> _areaIds = [];
    readonly Dictionary<(int Area, int Class), int> _groupIds = [];
    readonly List<(int Line, string Area, string? Class)> _groups = [];
    readonly List<string> _areas = [];
    long _rows;
    long _unfit;
    long _invalid;
    long _repeated;
    string? _sheet;

    /// <param name="sheet">Its name; null where the file has but one.</param>
    /// <param name="table">At its headings.</param>
    public void Read(
        string? sheet,
        TableReader table,
        IReadOnlyList<string> headings,
        IReadOnlyDictionary<NumberColumn, int> columns,
        FileProblems problems,
        CancellationToken cancellationToken)
    {
        _sheet = sheet;
        ListHeadings.FindUnread(table.Line, headings, columns, problems);
        var (phoneAt, statusAt) = (columns[NumberColumn.Phone], columns[NumberColumn.Status]);
        int? At(NumberColumn column) => columns.TryGetValue(column, out var at) ? at : null;
        var (areaAt, classAt) = (At(NumberColumn.Area), At(NumberColumn.Subscribers));
        var unknown = new Dictionary<string, (int Line, long Count)>();
        var (feet, firstFoot, tooManyAreas) = (0L, 0, false);
        var (hidden, firstHidden) = (0L, 0);
        while (table.Read())
        {
            var phone = table.Digits(phoneAt);
            if (phone.IsEmpty && table.IsBlank())
                continue;
            if (_rows % RowsBetweenLooks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (table.IsHidden && hidden++ == 0)
                firstHidden = table.Line;
            if (FindUnfit(table, headings.Count, phoneAt, statusAt, areaAt ?? phoneAt, classAt ?? phoneAt)
                is { } unfit)
            {
                _unfit++;
                problems.Error(table.Line, null, unfit);
                continue;
            }

            var status = table.Cell(statusAt);
            if (status.IsWhiteSpace() && (phone.IsWhiteSpace() || !about.Reader.Read(phone).IsMobile))
            {
                firstFoot = feet++ == 0 ? table.Line : firstFoot;
                continue; // the foot: who made and who signs it
            }

            if (_rows++ == MostRows)
            {
                problems.Error(table.Line, null, new Wording(
                    $"Có hơn {Figures.Count(MostRows)} hàng. Hãy tách tệp theo địa bàn.",
                    $"More than {Figures.Counted(MostRows, "row")}. Split the file by area."));
                break;
            }

            if (_claims.Read(status) is not { } claim)
            {
                Count(unknown, status, table.Line);
                continue;
            }

            var group = GroupOf(table, areaAt, classAt);
            if (_groups.Count > MostAreas)
            {
                tooManyAreas = true;
                break;
            }

            Take(table, phoneAt, statusAt, claim, group);
        }

        ListHeadings.FindHiddenColumns(table, headings, columns.Values, problems);
        if (hidden > 0)
            problems.Error(firstHidden, null, new Wording(
                $"{Figures.Count(hidden)} hàng đang ẩn trong Excel, từ hàng này, có thể do bộ lọc. Hãy bỏ lọc, bỏ ẩn "
                    + $"(Unhide) rồi lưu lại.",
                $"{Figures.Counted(hidden, "row")} hidden in Excel, from this one on, perhaps by a filter. Remove the "
                    + $"filter, unhide them and save the file."));
        ReportUnknown(unknown, problems);
        if (tooManyAreas)
            problems.Error(table.Line, null, new Wording(
                $"Cột địa bàn có hơn {Figures.Count(MostAreas)} giá trị khác nhau: đây không phải địa bàn.",
                $"The column of areas has more than {Figures.Count(MostAreas)} different values: they are no areas."));
        if (feet > 0)
            problems.Warn(firstFoot, null, new Wording(
                $"Không đọc {Figures.Count(feet)} hàng không có số di động và không ghi trạng thái, từ hàng này.",
                $"{Figures.Counted(feet, "row")} without a mobile number and a status, from this one on: not read."));
    }

    /// <summary>Why it is no list, where nobody has said that yet; null where it is one.</summary>
    public Wording? FindEmpty() =>
        _rows == 0 && _unfit == 0 ? new Wording("Danh sách không có số nào.", "The list has no numbers.")
        : _rows > 0 && _records.Count == 0 && _invalid > 0 ? new Wording(
            "Không hàng nào là số di động Việt Nam. Hãy xem lại cột số điện thoại (holders.numberColumns.phone).",
            "No row is a mobile number of Vietnam. See to the column of numbers (holders.numberColumns.phone).")
        : null;

    public ReadNumbers Finish()
    {
        var sums = new long[Math.Max(1, _groups.Count), Enum.GetValues<NumberClaim>().Length];
        var totals = new long[sums.GetLength(1)];
        var (numbers, contradicted, other, suppressed, ours) = (0L, 0L, 0L, 0L, 0L);
        var parts = NumberParts.Write(Different(each =>
        {
            numbers++;
            contradicted += each.Differ ? 1 : 0;
            var record = each.Record;
            sums[record.Area, (int)record.Claim]++;
            totals[(int)record.Claim]++;
            other += record.Marks.HasFlag(NumberMarks.OtherCarrier) ? 1 : 0;
            suppressed += record.Marks.HasFlag(NumberMarks.Suppressed) && record.Claim.IsTexted() ? 1 : 0;
            ours += record.Marks.HasFlag(NumberMarks.AlsoOurs) && record.Claim.IsTexted() ? 1 : 0;
        }));
        return new ReadNumbers(
            new ResultNumbers
            {
                Rows = _rows,
                Subscribers = numbers,
                Repeated = _repeated,
                Invalid = _invalid,
                Contradicted = contradicted,
                Succeeded = totals[(int)NumberClaim.Succeeded],
                Failed = totals[(int)NumberClaim.Failed],
                Unknown = totals[(int)NumberClaim.Unknown],
                NotSent = totals[(int)NumberClaim.NotSent],
                Excluded = totals[(int)NumberClaim.Excluded],
                OtherCarrier = about.Carrier < 0 ? null : other,
                Suppressed = about.Suppressed is null ? null : suppressed,
                AlsoOurs = about.Ours is null ? null : ours,
                Kept = about.Kept,
                Key = about.Key,
                Sha256 = NumberParts.HashOf(parts),
            },
            [.. _groups.Select((group, at) => RowOf(group, at, sums, totals))],
            parts);
    }

    /// <summary>A record a number, by number: the best that its rows say, without its area, which is counted and not
    /// kept.</summary>
    IEnumerable<NumberRecord> Different(Action<(NumberRecord Record, bool Differ)> counted)
    {
        NumberRecord? best = null;
        var differ = false;
        foreach (var record in _records.Sorted())
        {
            if (best is { } same && same.Number == record.Number)
            {
                differ |= same.Claim != record.Claim;
                best = record.Claim < same.Claim ? record : same;
                continue;
            }

            if (best is { } done)
            {
                counted((done, differ));
                yield return NumberRecord.Of(done.Number, 0, done.Claim, done.Marks);
            }

            (best, differ) = (record, false);
        }

        if (best is { } last)
        {
            counted((last, differ));
            yield return NumberRecord.Of(last.Number, 0, last.Claim, last.Marks);
        }
    }

    /// <summary>A list that says nobody was left out says nothing of who was to get it.</summary>
    static ResultRow RowOf((int Line, string Area, string? Class) group, int at, long[,] sums, long[] totals)
    {
        long Of(NumberClaim claim) => sums[at, (int)claim];
        var sent = Of(NumberClaim.Succeeded) + Of(NumberClaim.Failed) + Of(NumberClaim.Unknown);
        var isWhole = totals[(int)NumberClaim.NotSent] + totals[(int)NumberClaim.Excluded] > 0;
        return new ResultRow(group.Line, group.Area, group.Class)
        {
            InScope = isWhole ? sent + Of(NumberClaim.NotSent) + Of(NumberClaim.Excluded) : null,
            Excluded = isWhole ? Of(NumberClaim.Excluded) : null,
            NotSent = isWhole ? Of(NumberClaim.NotSent) : null,
            Sent = sent,
            Succeeded = Of(NumberClaim.Succeeded),
            Failed = Of(NumberClaim.Failed),
            Unknown = Of(NumberClaim.Unknown),
        };
    }

    void Take(TableReader table, int phoneAt, int statusAt, NumberClaim claim, int group)
    {
        var phone = table.Digits(phoneAt);
        var reading = about.Reader.Read(phone);
        if (reading.Reason is { } reason)
        {
            _invalid++;
            Note(Masking.Of(phone), ExclusionReasonWords.Of(reason));
            return;
        }

        var number = reading.Number;
        if (!_seen.Add(number.Msisdn))
        {
            _repeated++;
            Note(number.Masked, Again);
        }

        var marks = NumberMarks.None;
        if (about.Carrier >= 0 && _decider.Decide(number).Carrier is >= 0 and var carrier && carrier != about.Carrier)
        {
            marks |= NumberMarks.OtherCarrier;
            var name = about.Prefixes.Names.DisplayNameOf(carrier);
            Note(number.Masked, new Wording($"số của {name}", $"a number of {name}"));
        }

        if (about.Suppressed?.Contains(number) == true)
        {
            marks |= NumberMarks.Suppressed;
            if (claim.IsTexted())
                Note(number.Masked, SuppressedWords);
        }

        if (about.Ours?.Contains(number.Msisdn) == true)
        {
            marks |= NumberMarks.AlsoOurs;
            if (claim.IsTexted())
                Note(number.Masked, OursWords);
        }

        _records.Add(NumberRecord.Of(about.Keep(number.Msisdn), group, claim, marks));

        void Note(string masked, Wording why) =>
            note(new NumberNote(_sheet, table.Line, masked, why, Masking.Of(table.Cell(statusAt))));
    }

    /// <returns>Why the row cannot be read as it is; null where it can.</returns>
    Wording? FindUnfit(TableReader table, int width, params ReadOnlySpan<int> read)
    {
        foreach (var column in read)
        {
            if (table.LacksResult(column))
                return table.NoResult(column);
            if (table.Cell(column).Length > AreaList.Longest)
                return new Wording(
                    $"Ô {table.NameOf(column)} dài quá {AreaList.Longest} ký tự. Hãy xem lại tên các cột.",
                    $"Cell {table.NameOf(column)} is longer than {AreaList.Longest} characters. See to the column "
                        + $"names.");
        }

        return table.HasMoreThan(width) ? table.TooManyCells(width) : table.RowsInCell(_written);
    }

    int GroupOf(TableReader table, int? areaAt, int? classAt)
    {
        var key = (IdOf(table, areaAt), IdOf(table, classAt));
        if (_groupIds.TryGetValue(key, out var known))
            return known;

        _groups.Add((
            table.Line,
            areaAt is null ? ResultRow.Everywhere : key.Item1 < 0 ? ResultRow.Nowhere : _areas[key.Item1],
            key.Item2 < 0 ? null : _areas[key.Item2]));
        return _groupIds[key] = _groups.Count - 1;
    }

    /// <returns>-1 where nothing stands there.</returns>
    int IdOf(TableReader table, int? column)
    {
        if (column is not { } at || table.Cell(at).IsWhiteSpace())
            return -1;

        var written = _areaIds.GetAlternateLookup<ReadOnlySpan<char>>();
        if (written.TryGetValue(table.Cell(at), out var id))
            return id;

        // However it is written: case, space and composition do not make another area.
        var cell = table.Cell(at).ToString();
        var canonical = CellText.Canonical(cell);
        if (!_areaIds.TryGetValue(canonical, out id))
        {
            id = _areas.Count;
            _areas.Add(UnseenText.Show(NumberMask.In(CellText.OnOneLine(cell))));
            _areaIds[canonical] = id;
        }

        if (_areaIds.Count < 2 * MostAreas)
            _areaIds[cell] = id;
        return id;
    }

    static void Count(Dictionary<string, (int Line, long Count)> unknown, ReadOnlySpan<char> status, int line)
    {
        var word = Masking.Of(status);
        if (unknown.TryGetValue(word, out var before))
            unknown[word] = (before.Line, before.Count + 1);
        else if (unknown.Count <= MostNamed)
            unknown[word] = (line, 1);
    }

    void ReportUnknown(Dictionary<string, (int Line, long Count)> unknown, FileProblems problems)
    {
        foreach (var (word, (line, count)) in unknown.Take(MostNamed))
        {
            var rows = Figures.Counted(count, "row");
            var hint = Spelling.DidYouMean(_claims.Near(word));
            problems.Error(line, null, word.Length == 0
                ? new Wording(
                    $"{rows} hàng có số mà không ghi trạng thái.", $"{rows} with a number and no status.")
                : new Wording(
                    $"{rows} hàng ghi trạng thái '{word}', chưa rõ nghĩa.{hint} Hãy ghi nghĩa vào "
                        + $"holders.statuses của tệp cấu hình: {string.Join(", ", NumberClaims.Words)}.",
                    $"{rows} with the status '{word}', whose meaning is not known.{hint} Say it in holders.statuses of "
                        + $"the installation file: {string.Join(", ", NumberClaims.Words)}."));
        }

        if (unknown.Count > MostNamed)
            problems.Error(null, null, new Wording(
                "Cột trạng thái còn nhiều giá trị khác chưa rõ nghĩa: có lẽ không phải cột trạng thái. Hãy ghi tên cột "
                    + "vào holders.numberColumns.status.",
                "The column of statuses has many more values without a meaning: it seems to be none. Name the right "
                    + "one in holders.numberColumns.status."));
    }
}
