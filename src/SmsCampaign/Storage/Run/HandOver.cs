namespace SmsCampaign.Storage.Run;

/// <summary>One request that was handed over.</summary>
/// <param name="Key">Of its row.</param>
/// <param name="Lane">The run's lane id.</param>
/// <param name="At">Microseconds of the process clock.</param>
/// <param name="Parts">Of one message.</param>
readonly record struct HandOver(long Key, int Lane, long At, int Messages, int Parts);

/// <summary>Hand-overs of which it is not known when they were, or whether: what a crash cut off,
/// or is in flight.</summary>
/// <param name="From">When the intent was written: not before.</param>
/// <param name="Until">When a start after the crash took note of it: not after.
/// <see cref="long.MaxValue"/> in flight.</param>
/// <param name="Parts">Of all of them together.</param>
/// <param name="IsOwn">Whether of the run that is asked about, where several are looked at.</param>
readonly record struct UnknownHandOver(
    int Lane, long From, long Until, int Requests, int Messages, int Parts, bool IsOwn = true)
{
    public bool IsInFlight => Until == long.MaxValue;
}

/// <summary>A row of attempt: a call, or as many as it has messages.</summary>
/// <param name="Parts">Of all its messages.</param>
/// <param name="Intent">When it was written; it was handed over later.</param>
/// <param name="Answered">Null while it is in flight.</param>
/// <param name="Interrupted">Whether a crash cut it off.</param>
readonly record struct AttemptRow(
    long Id,
    int Lane,
    long First,
    long Last,
    int Parts,
    int Calls,
    long Intent,
    long? Handed,
    long? Answered,
    bool Interrupted)
{
    public int Messages => (int)(Last - First + 1);

    /// <summary>Whether its messages were handed over one by one: each then has its own moment elsewhere.</summary>
    public bool IsOneByOne => Calls > 1;

    /// <summary>Null where it was not handed over, or it is not known, or its messages were one by one.</summary>
    public HandOver? HandOver =>
        Handed is { } at && !IsOneByOne ? new HandOver(Id, Lane, at, Messages, Parts / Messages) : null;
}
