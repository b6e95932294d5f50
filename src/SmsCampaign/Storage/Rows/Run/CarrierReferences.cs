using SmsCampaign.Carriers;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// What gateways call a run's messages, for lanes whose receipts do not repeat our reference. Used on the writer's
/// thread, inside its transaction.
/// </summary>
sealed class CarrierReferences(Db db) : IDisposable
{
    readonly Statement _add = db.Prepare("""
        insert into carrier_reference (lane, carrier_id, seq, part, parts)
        values (?, ?, ?, ?, ?)
        on conflict (lane, carrier_id) do update set seq = 0 where carrier_reference.seq <> excluded.seq
        """);

    readonly Statement _find = db.Prepare(
        "select seq, part, parts from carrier_reference where lane = ? and carrier_id = ?");

    public void Add(int lane, long seq, SendResult result)
    {
        if (result.ReceiptIds is { } ids)
        {
            for (var at = 0; at < ids.Count; at++)
                Add(lane, ids[at], seq, ids.Count > 1 ? at + 1 : 0, ids.Count > 1 ? ids.Count : 0);
        }
        else if (result.CarrierMessageId is { } id)
        {
            Add(lane, seq, id);
        }
    }

    public void Add(int lane, long seq, string id) => Add(lane, id, seq, 0, 0);

    /// <returns>Null where no answer has named the id (yet).</returns>
    public NamedMessage? Find(int lane, string carrierId)
    {
        _find.Bind(1, lane).Bind(2, carrierId);
        NamedMessage? found = _find.Step()
            ? new NamedMessage(_find.Number(0), (int)_find.Number(1), (int)_find.Number(2))
            : null;
        _find.Reset();
        return found;
    }

    public void Dispose()
    {
        _add.Dispose();
        _find.Dispose();
    }

    void Add(int lane, string id, long seq, int part, int parts) =>
        _add.Bind(1, lane).Bind(2, id).Bind(3, seq).Bind(4, part).Bind(5, parts).Run();
}
