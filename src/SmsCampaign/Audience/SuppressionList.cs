using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;

namespace SmsCampaign.Audience;

/// <summary>
/// Numbers a campaign must not text, from files with a phone column or with one number a line.
/// </summary>
/// <remarks>
/// Whoever stands on a list has refused, so nothing of it is passed over: whatever cannot be read as exactly what it
/// says is an error. Where a list has several columns of numbers, all are read; a number in any other column, and
/// anything at all in a column without a heading, is an error.
/// </remarks>
sealed class SuppressionList(NumberReader reader)
{
    /// <summary>Letters around a spoilt number that is repeated.</summary>
    const int MostLetters = 4;

    readonly NumberSet _numbers = new();
    readonly WrittenNumbers _written = new(reader);
    readonly List<string> _hashes = [];

    /// <summary>Whether the list being read has anything that is meant for a number.</summary>
    bool _hasNumber;

    /// <summary>Content hash of each file, in the order read.</summary>
    public IReadOnlyList<string> Hashes => _hashes;

    /// <summary>Numbers that were erased as their subscribers asked, and are never texted again; null: there are
    /// none.</summary>
    public NumberSet? Erased { get; init; }

    public bool Contains(PhoneNumber number) =>
        _numbers.Contains(number.Msisdn) || Erased?.Contains(number.Msisdn) == true;

    /// <param name="problems">Gets, as errors, all that cannot be read: nobody would be suppressed by it.</param>
    public void Add(string path, FileProblems problems, CancellationToken cancellationToken)
    {
        try
        {
            using var book = TableFile.Open(path);
            _hasNumber = false;
            var (read, sound, hash) = (false, true, "");
            foreach (var sheet in book.Sheets)
            {
                var found = problems.OfSheet(book.NameToShow(sheet));
                using var table = book.Open(sheet);
                read |= Add(table, sheet, found, cancellationToken);
                hash = table.FinishHash();
                sound &= !found.HasErrors;
                found.Finish();
            }

            if (!read)
                throw TableFile.Empty();
            _hashes.Add(hash);

            if (!_hasNumber && sound)
            {
                problems.Warn(null, null, new Wording(
                    "Danh sách từ chối nhận tin không có số nào, nên không chặn ai. Hãy xem lại có đúng tệp không.",
                    "The suppression list has no number and stops nobody. Check that it is the right file."));
            }
        }
        catch (BrokenTableException broken)
        {
            problems.Add(broken);
        }
    }

    /// <returns>False where there is nothing on the sheet.</returns>
    bool Add(TableReader table, TableSheet sheet, FileProblems problems, CancellationToken cancellationToken)
    {
        if (!table.ReadNotBlank())
            return false;

        if (sheet.IsHidden)
        {
            problems.Error(null, null, new Wording(
                "Trang tính này của danh sách từ chối nhận tin đang ẩn mà có chữ. Hãy bỏ ẩn (Unhide) nếu là người đã "
                    + "từ chối, hoặc xóa trang.",
                "This sheet of the suppression list is hidden and has something on it. Unhide it if these are people "
                    + "who refused, or delete it."));
            return true;
        }

        if (SuppressionColumns.Find(table) is not { } columns)
        {
            problems.Error(table.Line, null, NoPhoneColumn);
            return true;
        }

        foreach (var line in columns.Skipped)
            problems.Error(line, null, NoNumber);
        if (!columns.IsFirstRowData)
            LookAtHeadings(table.Line, columns, problems);

        var hidden = 0;
        if (columns.IsFirstRowData)
            ReadRow();

        table.Bound(columns.Width, seesBeside: true);
        while (table.ReadNotBlank())
        {
            if ((table.Line & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            ReadRow();
        }

        if (hidden > 0)
        {
            var are = Figures.Verb(hidden, "is", "are");
            problems.Warn(null, null, new Wording(
                $"{Figures.Count(hidden)} hàng ẩn trong Excel của danh sách từ chối nhận tin vẫn được đọc: "
                    + $"các số ở đó không nhận tin.",
                $"{Figures.Counted(hidden, "row")} of the suppression list that {are} hidden in Excel {are} read all "
                    + $"the same: their numbers get nothing."));
        }

        return true;

        void ReadRow()
        {
            hidden += table.IsHidden ? 1 : 0;
            if (table.HasMoreThan(columns.Width))
                problems.Error(table.Line, null, table.TooManyCells(columns.Width));
            else if (table.RowsInCell(_written) is { } rows)
                problems.Error(table.Line, null, rows);
            else if (table.Beside is { } beside)
                problems.Error(table.Line, null, Unnamed(table.NameOf(beside)));
            else if (!columns.AreIn(table))
                AddRow(table, columns, problems);
        }
    }

    void AddRow(TableReader table, SuppressionColumns columns, FileProblems problems)
    {
        var (hasNumber, isTold) = (false, false);
        for (var column = 0; column < columns.Width; column++)
        {
            var cell = table.Digits(column);
            if (table.LacksResult(column) && (columns.Phones.Contains(column) || columns.Headings[column].Length == 0))
            {
                problems.Error(table.Line, null, table.NoResult(column));
                isTold = true;
            }
            else if (cell.IsWhiteSpace())
            {
                continue;
            }
            else if (columns.Phones.Contains(column))
            {
                AddCell(cell, table.Line, problems, isNamed: columns.Headings[column].Length > 0);
                hasNumber = true;
            }
            else if (DescribeUnread(cell, columns.Headings[column], table.NameOf(column)) is { } unread)
            {
                problems.Error(table.Line, null, unread);
                isTold = true;
            }
        }

        if (!hasNumber && !isTold)
            problems.Error(table.Line, null, NoNumber);
    }

    /// <param name="isNamed">Whether the column was found by its name: of a file without one, which may be no list and
    /// hold secrets, only what may be a spoilt number is repeated.</param>
    void AddCell(ReadOnlySpan<char> cell, int line, FileProblems problems, bool isNamed)
    {
        _hasNumber = true;
        var reading = reader.Read(cell);
        if (reading.IsMobile && !reading.Repair.HasFlag(NumberRepair.ExtensionDropped))
        {
            _numbers.Add(reading.Number.Msisdn);
            return;
        }

        var written = Masking.Of(cell);
        if (reading.Reason is ExclusionReason.Landline or ExclusionReason.Foreign)
        {
            var kind = ExclusionReasonWords.Of(reading.Reason.Value);
            problems.Warn(line, null, new Wording(
                $"“{written}” trong danh sách từ chối nhận tin là {kind}, vốn không nhận tin: dòng này không chặn ai. "
                    + $"Nếu ghi nhầm, hãy sửa lại.",
                $"'{written}' on the suppression list is {kind}, which is never texted: this line stops nobody. "
                    + $"If it is a slip, mend it."));
            return;
        }

        var why = UnusualNumber.FindControl(cell) is { } control ? ControlWords(control)
            : reading.Reason is { } reason ? ExclusionReasonWords.Of(reason)
            : new Wording("có thêm số khác sau số điện thoại", "another number follows the telephone number");
        var which = isNamed || MayBeNumber(cell)
            ? new Wording($"“{written}” trong danh sách từ chối nhận tin", $"'{written}' on the suppression list")
            : new Wording("dòng này của danh sách từ chối nhận tin", "This line of the suppression list");
        problems.Error(line, null, new Wording(
            $"Không đọc được {which}: {why}. Nếu bỏ qua, người đã từ chối vẫn nhận tin. "
                + $"Hãy sửa, mỗi ô ghi đúng một số.",
            $"{which} cannot be read: {why}. Passed over, somebody who refused would be texted. "
                + $"Mend it: one number a cell."));
    }

    /// <summary>What a number has that nobody sees.</summary>
    internal static Wording ControlWords(char control)
    {
        var name = UnseenText.Show(control.ToString());
        return new Wording(
            $"có ký tự điều khiển không nhìn thấy {name}, có lẽ do tệp hỏng; hãy gõ lại số",
            $"it has a control character that is not seen, {name}, as of a damaged file; type the number again");
    }

    /// <summary>A few letters are words around a number, as "ext"; more may be anything.</summary>
    static bool MayBeNumber(ReadOnlySpan<char> cell)
    {
        var letters = 0;
        foreach (var sign in cell)
            letters += char.IsLetter(sign) ? 1 : 0;

        return letters <= MostLetters && SuppressionColumns.CountDigits(cell) > 0;
    }

    /// <returns>What to say of a cell that is in no column of numbers; null where nobody would look
    /// for a number there.</returns>
    Wording? DescribeUnread(ReadOnlySpan<char> cell, string heading, string name)
    {
        if (heading.Length == 0)
            return IsRowNumber(cell) ? null : Unnamed(name);

        if (!_written.AnyIn(cell, heading))
            return null;

        var (written, shown) = (Masking.Of(cell), Masking.Of(heading));
        return new Wording(
            $"Ô này của cột “{shown}” có số điện thoại “{written}” mà cột không phải cột số điện thoại, "
                + $"nên số không được đọc. Nếu người đó cũng từ chối, hãy chép số sang cột số điện thoại; "
                + $"nếu không, hãy xóa số ở đây.",
            $"This cell of the column '{shown}' has the telephone number '{written}', which is not read, "
                + $"as the column is none of numbers. If that person refused, too, copy it to the column of "
                + $"numbers; if not, delete it here.");
    }

    /// <summary>Somebody's number in the place of a column's name: a row of the list beside the
    /// names of another.</summary>
    void LookAtHeadings(int line, SuppressionColumns columns, FileProblems problems)
    {
        foreach (var heading in columns.Headings.Where(heading => _written.AnyIn(heading, "")))
        {
            var written = Masking.Of(heading);
            problems.Error(line, null, new Wording(
                $"Dòng tên cột có số điện thoại “{written}”, nên số không được đọc. Nếu người đó đã từ chối, hãy chép "
                    + $"số xuống cột số điện thoại, rồi đặt tên cho cột.",
                $"The row of column names has the telephone number '{written}', which is not read. "
                    + $"If that person refused, copy it down to the column of numbers, and name the column."));
        }
    }

    /// <summary>Whether it is what people write before each row, with or without a heading.</summary>
    static bool IsRowNumber(ReadOnlySpan<char> cell) =>
        cell.Trim().TrimEnd('.') is { Length: < 6 } number && !number.ContainsAnyExceptInRange('0', '9');

    static Wording Unnamed(string cell) => new(
        $"Ô {cell} của danh sách từ chối nhận tin có chữ mà cột không có tên, nên không được đọc. "
            + $"Nếu là số đã từ chối, hãy đặt tên cột là “Số điện thoại”; nếu không, hãy đặt tên cột hoặc xóa ô.",
        $"Cell {cell} of the suppression list has something in it and its column has no name, so it is not read. "
            + $"If it is a number that refused, call the column 'phone'; if not, name the column or delete the cell.");

    static readonly Wording NoNumber = new(
        "Dòng này của danh sách từ chối nhận tin không ghi số, nên không biết là ai và người đó vẫn có thể nhận tin. "
            + "Hãy ghi số hoặc xóa dòng.",
        "This line of the suppression list has no number, so it is not known who it is, and they may still be texted. "
            + "Write the number or delete the line.");

    static readonly Wording NoPhoneColumn = new(
        "Không rõ cột nào là số điện thoại. Hãy đặt tên cột là “Số điện thoại”, hoặc chỉ để mỗi dòng một số.",
        "It is not clear which column holds the number. Call it 'phone', or leave one number a line.");
}
