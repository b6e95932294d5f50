using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>Carriers' lists in a copy of ledger.db.</summary>
static class CopiedLists
{
    /// <summary>Whether it has some of a run with numbers in full.</summary>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static bool Has(string ledger, string run)
    {
        using var db = SqliteDb.Open(ledger, readOnly: true);
        return db.FindText($"select name from sqlite_schema where name = 'carrier_number'") is not null
            && db.FindNumber($"""
                select 1
                from   work_order
                join   carrier_result on carrier_result.work_order = work_order.id
                join   carrier_number on carrier_number.result = carrier_result.id
                where  work_order.run = {run} and carrier_result.content like '%"full"%'
                limit  1
                """) is not null;
    }
}
