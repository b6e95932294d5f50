using System.Globalization;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The table run_mark of the installation.</summary>
/// <remarks>Opened by itself: half a restored folder is refused by <see cref="RegistryRows"/>, and its marks are
/// read all the same.</remarks>
/// <param name="open">Opens it to be written to, made where it is not there.</param>
sealed class KeptMarks(Database ledger, Func<Db> open) : IKeptMarks
{
    public void Plan(RunKey key, string code)
    {
        using var db = open();
        db.Run(
            $"insert into run_mark (code, key, confirmed, reserved, reach) values ({code}, {key.ToString()}, 0, 0, "
            + $"'') on conflict do nothing");
    }

    public IReadOnlyList<RunMark> Read(RunKey key) => ReadRows(
        $"select code, confirmed, reserved, reach from run_mark where key = {key.ToString()}",
        row => new RunMark(key.ToString(), row.Text(0)!)
        {
            Confirmed = row.Number(1),
            Reserved = row.Number(2),
            Reach = ReachOf(row.Text(3)!, key),
        });

    public IReadOnlyList<string> ReadBegun() =>
        ReadRows($"select distinct key from run_mark where reserved > 0", row => row.Text(0)!);

    public void Write(IReadOnlyCollection<RunMark> marks)
    {
        using var db = open();
        foreach (var mark in marks)
        {
            var reach = string.Join(',', mark.Reach);
            db.Run($"""
                insert into run_mark (code, key, confirmed, reserved, reach)
                values ({mark.Code}, {mark.Key}, {mark.Confirmed}, {mark.Reserved}, {reach})
                on conflict (code) do update set confirmed = excluded.confirmed, reserved = excluded.reserved, reach = excluded.reach
                """);
        }
    }

    public string? ReadHome() => ReadRows($"select id from marks_home", row => row.Text(0)!).FirstOrDefault();

    public void KeepHome(string id)
    {
        if (ReadHome() == id)
            return;

        using var db = open();
        db.Run($"insert into marks_home (one, id) values (1, {id}) on conflict (one) do update set id = excluded.id");
    }

    List<T> ReadRows<T>(Sql sql, Func<Statement, T> row)
    {
        if (!ledger.Exists)
            return [];

        using var db = ledger.LookUpToDate(TableSet.Ledger);
        return db.Read(sql, row);
    }

    /// <summary>Numbers with commas between; none where nothing was handed over.</summary>
    static IReadOnlyList<long> ReachOf(string text, RunKey key)
    {
        var reach = new List<long>();
        foreach (var each in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            reach.Add(long.TryParse(each, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw LedgerRowException.Of(
                    RunMarks.Table, key.ToString(), text, new Wording(
                        "dãy số thứ tự tin (dạng đúng: 0,12,0)", "list of message numbers (expected one as 0,12,0)")));
        }

        return reach.Count == 0 ? RunMark.None : reach;
    }
}
