namespace SmsCampaign.Simulator;

/// <summary>What is decided by chance. The numbers enter the draw.</summary>
enum Draw
{
    Refused = 1,
    RefusedCode = 2,
    Throttled = 3,
    Reset = 4,
    NoReceipt = 5,
    Failed = 6,
    FailedCode = 7,
    Duplicate = 8,
    BeforeAnswer = 9,
    ReceiptDelay = 10,
    Latency = 11,
    NoAnswer = 12,
    InquiryFailed = 13,
    OtherNetwork = 14,
    Busy = 15,
}

/// <summary>
/// The fate of one reference: each draw is a fixed function of the seed and the reference.
/// </summary>
readonly struct Chance
{
    readonly ulong _state;

    public Chance(int seed, string reference)
    {
        // FNV-1a of 64 bits over the UTF-16 units.
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var unit in reference)
            hash = (hash ^ unit) * 1099511628211UL;

        _state = Mix(hash);
    }

    /// <summary>Stands for the reference where only "seen before?" is asked.</summary>
    public ulong Key => _state;

    /// <summary>Evenly spread over [0, 1).</summary>
    public double Of(Draw draw) => (Mix(_state + ((ulong)draw * 0x9E3779B97F4A7C15UL)) >> 11) * (1.0 / (1UL << 53));

    public bool Falls(Draw draw, double share) => share > 0 && Of(draw) < share;

    public T Pick<T>(Draw draw, IReadOnlyList<T> from) => from[(int)(Of(draw) * from.Count)];

    public TimeSpan Upto(Draw draw, TimeSpan most) => most * Of(draw);

    // The finalizer of SplitMix64.
    static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
