namespace SmsCampaign.Messages;

/// <summary>A text divided into the parts a phone puts together again.</summary>
/// <param name="Encoding">What the lane sends: septets, or UTF-16 units.</param>
/// <param name="Texts">The parts, in order. Together they are the text. Empty for an empty text.</param>
/// <param name="UnitsUsed">Septets or UTF-16 units of the whole text.</param>
/// <param name="UnitsInLastPart">Units in the last part; 0 for an empty text.</param>
/// <param name="UnitsLeft">Units that still go into the last part. For a text of one part:
/// before it becomes two.</param>
public sealed record SmsParts(
    SmsEncoding Encoding, IReadOnlyList<string> Texts, int UnitsUsed, int UnitsInLastPart, int UnitsLeft)
{
    public int Count => Texts.Count;

    /// <summary>
    /// Fills one part after the other. What two units make, an escape pair or a surrogate pair, stays together
    /// (3GPP TS 23.040, 9.2.3.24.1), so a part may end one unit short and dividing the length is not enough.
    /// </summary>
    internal static SmsParts Of(string text, SmsEncoding encoding, PartLimits limits)
    {
        if (text.Length == 0)
            return new SmsParts(encoding, [], 0, 0, limits.Single);

        var used = UnitsOf(text, encoding);
        if (used <= limits.Single)
            return new SmsParts(encoding, [text], used, used, limits.Single - used);

        var texts = new List<string>();
        var start = 0;
        var inPart = 0;

        for (var at = 0; at < text.Length;)
        {
            var (length, cost) = StepAt(text, at, encoding);
            if (inPart + cost > limits.OfPart(texts.Count))
            {
                texts.Add(text[start..at]);
                (start, inPart) = (at, 0);
            }

            inPart += cost;
            at += length;
        }

        texts.Add(text[start..]);
        return new SmsParts(encoding, texts, used, inPart, limits.OfPart(texts.Count - 1) - inPart);
    }

    static int UnitsOf(string text, SmsEncoding encoding) =>
        encoding == SmsEncoding.Ucs2 ? text.Length : text.Length + text.Count(Gsm7.IsEscaped);

    // How many characters must stay together here, and what they cost.
    static (int Length, int Cost) StepAt(string text, int at, SmsEncoding encoding) => encoding switch
    {
        SmsEncoding.Gsm7 => (1, Gsm7.IsEscaped(text[at]) ? 2 : 1),
        _ => char.IsSurrogatePair(text, at) ? (2, 2) : (1, 1),
    };
}

/// <summary>How many units the parts of a message hold.</summary>
/// <param name="Single">A message of one part.</param>
/// <param name="First">The first part of several.</param>
/// <param name="Next">Every further part.</param>
readonly record struct PartLimits(int Single, int First, int Next)
{
    // A user data header of six octets takes 7 septets or 3 units from each part of several: 3GPP TS 23.040,
    // 9.2.3.24.1 (8 bit reference), 140 octets a part.
    static readonly PartLimits Ucs2 = new(70, 67, 67);
    static readonly PartLimits Septets = new(160, 153, 153);

    // Advertising, as counted by the carriers: the label takes its room from a first part. 123/268/421/574 and
    // 127/273/426/579 (MnpBrandname, countSmsBrandQC; intercom.com.vn), the last step of 153 going on.
    static readonly PartLimits AdsViettelVinaPhone = new(123, 115, 153);
    static readonly PartLimits AdsOthers = new(127, 120, 153);

    public int OfPart(int index) => index == 0 ? First : Next;

    public static PartLimits Of(LengthTable table, SmsEncoding encoding) => (encoding, table) switch
    {
        // No carrier publishes a table of its own for UCS-2.
        (SmsEncoding.Ucs2, _) => Ucs2,
        (_, LengthTable.Standard) => Septets,

        // 160/306/459/612 (MnpBrandname, countSmsBrandCSKH; intercom.com.vn): as the standard.
        (_, LengthTable.Care) => Septets,
        (_, LengthTable.AdsViettelVinaPhone) => AdsViettelVinaPhone,
        (_, LengthTable.AdsOthers) => AdsOthers,
        _ => throw new ArgumentOutOfRangeException(nameof(table), table, null),
    };
}
