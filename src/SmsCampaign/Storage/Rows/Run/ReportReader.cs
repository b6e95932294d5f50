using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>Reads a run's ledger for reports, in one transaction on a connection of its own.</summary>
sealed class ReportReader : IReportReader
{
    readonly Db _db;

    /// <exception cref="LedgerException">It cannot be read.</exception>
    public ReportReader(Database at)
    {
        _db = at.LookUpToDate(TableSet.Run);
        try
        {
            _db.MakeReadyToLookUp();
            _db.BeginReading();
        }
        catch
        {
            _db.Dispose();
            throw;
        }
    }

    public RunTables ReadTables() => TableRows.ReadAll(_db);

    public MessageScan ReadMessages(RunTables tables) => new MessageRows(_db, tables);

    public IEnumerable<ExclusionLine> ReadExclusions()
    {
        using var statement = _db.Prepare($"""
            select    exclusion.source, exclusion.line, exclusion.segment, exclusion.reason, exclusion.number, exclusion.written,
                      message.source, message.line, message.segment, exclusion.earlier
            from      exclusion
            left join message on exclusion.reason = {(int)ExclusionReason.Duplicate} and message.number = exclusion.number
            order by  exclusion.id
            """);

        while (statement.Step())
        {
            yield return new ExclusionLine(
                (int)statement.Number(0),
                statement.Number(1),
                (int)statement.Number(2),
                (ExclusionReason)statement.Number(3),
                statement.NumberOrNull(4),
                statement.Text(5),
                (int?)statement.NumberOrNull(6),
                statement.Number(7),
                (int)statement.Number(8),
                statement.Text(9));
        }
    }

    public long CountExclusions() => _db.ReadNumber("select count(*) from exclusion")!.Value;

    public long CountPartsMissing() => _db.ReadNumber(string.Create(CultureInfo.InvariantCulture, $"""
        select count(distinct part_receipt.seq)
        from   part_receipt
        join   state on state.seq = part_receipt.seq
        where  state.status in ({(int)MessageStatus.Accepted}, {(int)MessageStatus.Sent})
        """))!.Value;

    public IReadOnlyList<TallyRow>? ReadKept() => TallyRows.AreIn(_db) ? TallyRows.Read(_db) : null;

    public Wording? FindImbalance() => BalanceRows.Audit(_db);

    public IReadOnlyDictionary<int, (long First, long Last)> ReadSent() => TallyRows.ReadSent(_db);

    public void Dispose() => _db.Dispose();
}
