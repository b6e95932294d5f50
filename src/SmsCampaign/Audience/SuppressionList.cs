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
            using var table = TableFile.Open(path);
            Add(table, problems, cancellationToken);
            _hashes.Add(table.FinishHash());
        }
        catch (BrokenTableException broken)
        {
            problems.Add(broken);
        }
    }

    void Add(TableReader table, FileProblems problems, CancellationToken cancellationToken)
    {
        if (!table.ReadNotBlank())
            throw TableFile.Empty();

        var width = table.CellCount;
        var columns = FindPhones(table);
        if (columns.Count == 0)
        {
            if (width > 1)
                throw NoPhoneColumn(table.Line);

            columns.Add(0);
            if (CountDigits(table.Cell(0)) >= DigitsOfNumber)
                AddRow(table, columns, problems);
        }

        while (table.ReadNotBlank())
        {
            if ((table.Line & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();

            if (table.HasMoreThan(width))
                problems.Error(table.Line, null, table.TooManyCells(width));
            else
                AddRow(table, columns, problems);
        }
    }

    void AddRow(TableReader table, List<int> columns, FileProblems problems)
    {
        var empty = true;
        foreach (var column in columns)
        {
            if (table.Cell(column).IsWhiteSpace())
                continue;

            empty = false;
            AddCell(table.Cell(column), table.Line, problems);
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
                $"«{written}» trong danh sách từ chối là {kind.Vi}, vốn không nhận tin: dòng này không chặn ai. Nếu ghi nhầm, hãy sửa lại.",
                $"'{written}' on the suppression list is {kind.En}, which is never texted: this line stops nobody. If it is a slip, mend it."));
            return;
        }

        var why = reading.Reason is { } reason ? ExclusionReasonWords.Of(reason) : new Wording("có thêm số khác sau số điện thoại", "another number follows the telephone number");
        problems.Error(line, null, new Wording(
            $"Không đọc được «{written}» trong danh sách từ chối: {why.Vi}. Nếu bỏ qua, người đã từ chối vẫn nhận tin. Hãy sửa, mỗi ô ghi đúng một số.",
            $"'{written}' on the suppression list cannot be read: {why.En}. Passed over, somebody who refused would be texted. Mend it: one number a cell."));
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

    static BrokenTableException NoPhoneColumn(int line) => new(line, new Wording(
        "Không rõ cột nào là số điện thoại. Hãy đặt tên cột là «Số điện thoại», hoặc chỉ để mỗi dòng một số.",
        "It is not clear which column holds the number. Call it 'phone', or leave one number a line."));

    static int CountDigits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var sign in text)
            digits += char.IsDigit(sign) ? 1 : 0;
        return digits;
    }
}
