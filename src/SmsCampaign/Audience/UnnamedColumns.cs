using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>Numbers in columns that have no name: who has them would get nothing, and nobody would miss it.</summary>
sealed class UnnamedColumns(NumberReader reader, WrittenNumbers written)
{
    /// <summary>Looks for numbers in the columns that have no name, beside the table too, and tells of
    /// each column once.</summary>
    /// <param name="unnamed">Those not told of yet.</param>
    public void Find(TableReader table, List<int> unnamed, FileProblems problems)
    {
        for (var at = 0; at < unnamed.Count;)
        {
            if (unnamed[at] < table.CellCount && ReportNumber(table, unnamed[at], problems))
                unnamed.RemoveAt(at);
            else
                at++;
        }
    }

    /// <summary>A phone number under no name may be of somebody whom nobody would miss.</summary>
    /// <returns>Whether there is one.</returns>
    bool ReportNumber(TableReader table, int column, FileProblems problems)
    {
        var cell = table.Digits(column);
        if (cell.IsEmpty || !(reader.Read(cell).IsMobile || written.AnyIn(cell, "")))
            return false;

        var name = SheetPlace.Letters(column);
        problems.Warn(table.Line, null, new Wording(
            $"Cột {name} không có tên nhưng có số điện thoại, bắt đầu từ đây; các số này không được đọc. "
                + $"Nếu phải gửi tới các số đó, hãy chép chúng xuống cột số điện thoại; "
                + $"nếu không, hãy đặt tên cho cột.",
            $"Column {name} has no name and holds phone numbers from here on, which are not read. "
                + $"If they are to get the message, copy them below those of the phone column; "
                + $"if not, give the column a name."));
        return true;
    }
}
