using System.Globalization;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// Which receipts have been applied: all up to <see cref="Through"/>, and of later ones those about the first messages.
/// </summary>
/// <remarks>
/// A batch that a stop or a crash cut off leaves a step: of the receipts up to one, those about messages up to another.
/// The next batch may end elsewhere, for more has come since, and begins with the first message again: its steps stand
/// beside the one before, so that nothing that was applied is ever taken for new.
/// </remarks>
readonly record struct AppliedReceipts
{
    /// <summary>All up to this raw receipt.</summary>
    public long Through { get; private init; }

    /// <summary>Of those up to one receipt (and beyond <see cref="Through"/>) the ones about messages up to another.
    /// None covers another. Null where there are none.</summary>
    (long Begun, long Seq)[]? Steps { get; init; }

    /// <summary>The last receipt that was come to at all.</summary>
    public long Last => (Steps ?? []).Select(step => step.Begun).Append(Through).Max();

    public bool Cover(in MatchedReceipt receipt)
    {
        if (receipt.RawId <= Through)
            return true;

        foreach (var (begun, seq) in Steps ?? [])
        {
            if (receipt.RawId <= begun && receipt.Seq <= seq)
                return true;
        }

        return false;
    }

    public AppliedReceipts With(ReceiptMark reached)
    {
        var through = reached.Seq is null ? reached.Through : Through;
        var steps = (Steps ?? []).Where(step =>
            step.Begun > through && !(reached.Seq is { } last && step.Begun <= reached.Through && step.Seq <= last));
        return new AppliedReceipts
        {
            Through = through,
            Steps = reached.Seq is { } seq && !Covers(reached.Through, seq)
                ? [.. steps, (reached.Through, seq)]
                : [.. steps],
        };
    }

    /// <summary>A ledger of before has one number, or three.</summary>
    public static AppliedReceipts Parse(string written)
    {
        var numbers = written.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new AppliedReceipts
        {
            Through = numbers[0],
            Steps =
                [.. numbers.Skip(1).Chunk(2).Where(step => step[0] > numbers[0]).Select(step => (step[0], step[1]))],
        };
    }

    public override string ToString() => string.Join(
        ' ', (Steps ?? []).SelectMany(step => new[] { step.Begun, step.Seq }).Prepend(Through).Select(number =>
            number.ToString(CultureInfo.InvariantCulture)));

    bool Covers(long begun, long seq) => (Steps ?? []).Any(step => step.Begun >= begun && step.Seq >= seq);
}
