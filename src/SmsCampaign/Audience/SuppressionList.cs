using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>
/// Numbers a campaign must not text, from files with a phone column or with one number a line.
/// </summary>
/// <remarks>
/// Whoever stands on a list has refused, so nothing of it is passed over: whatever cannot be read as exactly what it says is
/// an error. Where a list has several columns of numbers, all are read.
/// </remarks>
sealed class SuppressionList(NumberReader reader)
{
    /// <summary>Digits that make a first row without a phone column's name a number, if a spoilt one, and no heading.</summary>
    const int DigitsOfNumber = 6;

    readonly NumberSet _numbers = new();
    readonly List<string> _hashes = [];

    /// <summary>Content hash of each file, in the order read.</summary>
    public IReadOnlyList<string> Hashes => _hashes;

    public bool Contains(PhoneNumber number) => _numbers.Contains(number.Msisdn);

    /// <param name="problems">Gets, as errors, all that cannot be read: nobody would be suppressed by it.</param>
    public void Add(string path, FileProblems problems, CancellationToken cancellationToken)
    {
        try
        {
            using var book = TableFile.Open(path);
            var (read, hash) = (false, "");
            foreach (var sheet in book.Sheets)
            {
                var found = problems.OfSheet(book.NameToShow(sheet));
                using var table = book.Open(sheet);
                read |= Add(table, sheet, found, cancellationToken);
                hash = table.FinishHash();
                found.Finish();
            }

            if (!read)
                throw TableFile.Empty();
            _hashes.Add(hash);
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
                "Trang tính này của danh sách từ chối đang ẩn mà có chữ. Hãy bỏ ẩn (Unhide) nếu là người đã từ chối, hoặc xóa trang.",
                "This sheet of the suppression list is hidden and has something on it. Unhide it if these are people who refused, or delete it."));
            return true;
        }

        var width = table.CellCount;
        var columns = FindPhones(table);
        if (columns.Count == 0)
        {
            if (CountFilled(table) > 1)
            {
                problems.Error(table.Line, null, NoPhoneColumn);
                return true;
            }

            columns.Add(FirstFilled(table));
            if (CountDigits(table.Digits(columns[0])) >= DigitsOfNumber)
                AddRow(table, columns, problems);
        }

        table.Bound(width);
        var hidden = 0;

        while (table.ReadNotBlank())
        {
            if ((table.Line & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();

            hidden += table.IsHidden ? 1 : 0;
            if (table.HasMoreThan(width))
                problems.Error(table.Line, null, table.TooManyCells(width));
            else
                AddRow(table, columns, problems);
        }

        if (hidden > 0)
        {
            problems.Warn(null, null, new Wording(
                $"{Figures.Count(hidden)} hàng ẩn trong Excel của danh sách từ chối vẫn được đọc: các số ở đó không nhận tin.",
                $"{Figures.Count(hidden)} rows of the suppression list that are hidden in Excel are read all the same: their numbers get nothing."));
        }

        return true;
    }

    void AddRow(TableReader table, List<int> columns, FileProblems problems)
    {
        var empty = true;
        foreach (var column in columns)
        {
            if (table.LacksResult(column))
                problems.Error(table.Line, null, table.NoResult(column));
            else if (table.Digits(column).IsWhiteSpace())
                continue;
            else if (ColumnNames.MayHoldNumbers(table.Cell(column).ToString()) && CountDigits(table.Cell(column)) < DigitsOfNumber)
                return; // the column names once more, as where two lists were pasted together
            else
                AddCell(table.Digits(column), table.Line, problems);
            empty = false;
        }

        if (empty)
        {
            problems.Error(table.Line, null, new Wording(
                "Dòng này của danh sách từ chối không ghi số, nên không biết là ai và người đó vẫn có thể nhận tin. Hãy ghi số hoặc xóa dòng.",
                "This line of the suppression list has no number, so it is not known who it is, and they may still be texted. Write the number or delete the line."));
        }
    }

    void AddCell(ReadOnlySpan<char> cell, int line, FileProblems problems)
    {
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
                $"«{written}» trong danh sách từ chối là {kind}, vốn không nhận tin: dòng này không chặn ai. Nếu ghi nhầm, hãy sửa lại.",
                $"'{written}' on the suppression list is {kind}, which is never texted: this line stops nobody. If it is a slip, mend it."));
            return;
        }

        var why = reading.Reason is { } reason ? ExclusionReasonWords.Of(reason) : new Wording("có thêm số khác sau số điện thoại", "another number follows the telephone number");
        problems.Error(line, null, new Wording(
            $"Không đọc được «{written}» trong danh sách từ chối: {why}. Nếu bỏ qua, người đã từ chối vẫn nhận tin. Hãy sửa, mỗi ô ghi đúng một số.",
            $"'{written}' on the suppression list cannot be read: {why}. Passed over, somebody who refused would be texted. Mend it: one number a cell."));
    }

    static List<int> FindPhones(TableReader table)
    {
        var found = new List<int>();
        for (var column = 0; column < table.CellCount; column++)
        {
            if (ColumnNames.MayHoldNumbers(table.Cell(column).ToString()))
                found.Add(column);
        }

        return found;
    }

    static readonly Wording NoPhoneColumn = new(
        "Không rõ cột nào là số điện thoại. Hãy đặt tên cột là «Số điện thoại», hoặc chỉ để mỗi dòng một số.",
        "It is not clear which column holds the number. Call it 'phone', or leave one number a line.");

    static int CountFilled(TableReader table) => Enumerable.Range(0, table.CellCount).Count(column => !table.Cell(column).IsWhiteSpace());

    static int FirstFilled(TableReader table) => Enumerable.Range(0, table.CellCount).First(column => !table.Cell(column).IsWhiteSpace());

    static int CountDigits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var sign in text)
            digits += char.IsDigit(sign) ? 1 : 0;
        return digits;
    }
}
