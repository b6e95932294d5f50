namespace SmsCampaign.Messages;

/// <summary>
/// Decides a number's carrier: the ported-number list, else the file's column, else the prefix table.
/// </summary>
public sealed class CarrierDecider(PrefixTable prefixes, PortedList ported)
{
    /// <param name="column">The cell of the file's carrier column; empty where there is none.</param>
    public CarrierDecision Decide(PhoneNumber number, ReadOnlySpan<char> column = default)
    {
        var named = column.IsWhiteSpace() ? -1 : prefixes.Names.IndexOf(column);
        var misnamed = named < 0 && !column.IsWhiteSpace();

        if (ported.IndexOf(number) is >= 0 and var now)
            return new CarrierDecision(now, CarrierRule.PortedList, misnamed);

        if (named >= 0)
            return new CarrierDecision(named, CarrierRule.FileColumn, false);

        return prefixes.IndexOf(number) is >= 0 and var allocated
            ? new CarrierDecision(allocated, CarrierRule.Prefix, misnamed)
            : new CarrierDecision(-1, null, misnamed);
    }
}

/// <param name="Carrier">Index in <see cref="PrefixTable.Carriers"/>; -1 where no rule knows the carrier.</param>
/// <param name="Rule">Which rule decided; null where none did.</param>
/// <param name="Misnamed">Whether the file's column held a name that no carrier has. A misspelling a
/// person should see.</param>
public readonly record struct CarrierDecision(int Carrier, CarrierRule? Rule, bool Misnamed);
