using SmsCampaign.Messages;

namespace SmsCampaign.Carriers;

/// <summary>
/// What an adapter works out of a text, once: a campaign has few texts and sends each a million
/// times. Serves all threads.
/// </summary>
/// <typeparam name="TBeside">What it depends on beside the text, such as the sender.</typeparam>
/// <typeparam name="TWire">What is worked out.</typeparam>
/// <param name="make">Works it out.</param>
sealed class LastText<TBeside, TWire>(Func<SmsText, TBeside, TWire> make)
    where TBeside : IEquatable<TBeside>
{
    volatile Entry? _last;

    public TWire Of(SmsText text, TBeside beside)
    {
        if (_last is { } last && ReferenceEquals(last.Text, text) && last.Beside.Equals(beside))
            return last.Wire;

        var wire = make(text, beside);
        _last = new Entry(text, beside, wire);
        return wire;
    }

    sealed record Entry(SmsText Text, TBeside Beside, TWire Wire);
}
