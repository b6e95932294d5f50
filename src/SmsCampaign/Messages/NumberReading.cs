namespace SmsCampaign.Messages;

/// <summary>What <see cref="NumberReader"/> had to do to a number beyond taking separators out.</summary>
[Flags]
public enum NumberRepair
{
    None = 0,

    /// <summary>A spreadsheet ate the leading zero: 912345678.</summary>
    LeadingZeroRestored = 1,

    /// <summary>An 11-digit number of before 15/9/2018 got its present prefix: 0168 to 038.</summary>
    OldFormMapped = 2,

    /// <summary>A zero too many beside the country code: +84 (0) 912 345 678, or 084912345678.</summary>
    ExtraZeroDropped = 4,

    /// <summary>A spreadsheet wrote it as a decimal number: 912345678.0 or 9.12345678E8, no digit lost.</summary>
    DecimalRead = 8,

    /// <summary>Words around it or an unusual spelling were set aside, such as "Tel: 0912345678".</summary>
    WordsDropped = 16,

    /// <summary>An extension was set aside: a text message goes to the number itself.</summary>
    ExtensionDropped = 32,
}

/// <summary>What came of reading one written number.</summary>
/// <param name="Number">The number; meaningless where <paramref name="Reason"/> is set.</param>
/// <param name="Reason">Why it is not a mobile number one can send to; null where it is.</param>
public readonly record struct NumberReading(PhoneNumber Number, ExclusionReason? Reason, NumberRepair Repair)
{
    public bool IsMobile => Reason is null;

    internal static NumberReading Not(ExclusionReason reason) => new(default, reason, NumberRepair.None);
}
