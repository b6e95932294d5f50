namespace SmsCampaign.Words;

/// <summary>
/// What a key of the installation file, one of its fixed words, or a kind of lane means: beside range and first value
/// all that is said of it, to whoever wrote it wrongly, in the schema and in the reference. It stands in place of a
/// summary.
/// </summary>
/// <remarks>Neither range nor default is said again, but for a unit that the kind of value does not show, and for what
/// holds without the key where that is no value: "Unset: …".</remarks>
/// <param name="vi">Whole sentences; of the first alone a problem tells.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Class, Inherited = false)]
sealed class MeaningAttribute(string vi, string en) : Attribute
{
    public Wording Words { get; } = new(vi, en);
}
