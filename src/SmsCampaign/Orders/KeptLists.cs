using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Orders;

/// <summary>A carrier's list of numbers, as it is kept.</summary>
/// <param name="Order">The letter whose result it is.</param>
/// <param name="Result">As of <see cref="KeptResult.Id"/>.</param>
/// <param name="IsFull">Whether the numbers stand there as they are; else their hashes.</param>
sealed record KeptList(KeptOrder Order, long Result, bool IsFull)
{
    /// <summary>What the report says of one number; null where the list does not have it.</summary>
    /// <param name="key">Null: none was ever used, and no list is hashed.</param>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public NumberClaim? Find(IRegistry registry, PhoneNumber number, NumberKey? key)
    {
        if (!IsFull && key is null)
            return null;

        var wanted = IsFull ? (UInt128)number.Msisdn : key!.HashListed(number.Msisdn);
        foreach (var record in NumberParts.Read(registry.WorkOrders.ReadNumbers(Result)))
        {
            if (record.Number == wanted)
                return record.Claim;
        }

        return null;
    }

    /// <summary>Every one of which something is kept, also of reports that were corrected since.</summary>
    /// <param name="run">Null: of all.</param>
    public static IReadOnlyList<KeptList> Read(IRegistry registry, RunKey? run = null) =>
    [
        .. registry.WorkOrders.Read(run).SelectMany(order => order.Results.Select(
            result => (Order: order, result.Id, CarrierResult.TryParse(result.Content)?.Numbers)))
            .Where(list => list.Numbers is not null)
            .Select(list => new KeptList(list.Order, list.Id, list.Numbers!.Kept == Full)),
    ];

    /// <summary>As of <see cref="ResultNumbers.Kept"/>.</summary>
    public const string Full = "full";
}
