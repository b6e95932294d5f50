using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>
/// Numbers a campaign must not text, from files with a phone column or with one number a line.
/// </summary>
sealed class SuppressionList(NumberReader reader)
{
    readonly NumberSet _numbers = new();
    readonly List<string> _hashes = [];

    /// <summary>Content hash of each file, in the order read.</summary>
    public IReadOnlyList<string> Hashes => _hashes;

    public bool Contains(PhoneNumber number) => _numbers.Contains(number.Msisdn);

    /// <param name="problems">Gets, as warnings, lines that cannot be read: nobody is suppressed by them.</param>
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

        if (FindPhone(table) is not { } column)
        {
            throw new BrokenTableException(table.Line, new Wording(
                "Không rõ cột nào là số điện thoại. Hãy đặt tên cột là «Số điện thoại», hoặc chỉ để mỗi dòng một số.",
                "It is not clear which column holds the number. Call it 'phone', or leave one number a line."));
        }

        // A first row that is a number is no heading.
        if (reader.Read(table.Cell(column)).IsMobile)
            Add(table, column, problems);

        while (table.ReadNotBlank())
        {
            if ((table.Line & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            Add(table, column, problems);
        }
    }

    void Add(TableReader table, int column, FileProblems problems)
    {
        var cell = table.Cell(column);
        var reading = reader.Read(cell);

        if (reading.IsMobile)
        {
            _numbers.Add(reading.Number.Msisdn);
            return;
        }

        var written = Masking.Of(cell);
        problems.Warn(table.Line, null, new Wording(
            $"Không đọc được số «{written}» trong danh sách từ chối, nên dòng này không chặn ai. Hãy xem lại.",
            $"'{written}' on the suppression list cannot be read as a mobile number, so this line stops nobody. Check it."));
    }

    static int? FindPhone(TableReader table)
    {
        for (var column = 0; column < table.CellCount; column++)
        {
            if (ColumnNames.Phone.Accepts(table.Cell(column).ToString()))
                return column;
        }

        return table.CellCount == 1 ? 0 : null;
    }
}
