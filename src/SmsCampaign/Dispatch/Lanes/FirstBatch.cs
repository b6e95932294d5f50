namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Which messages make up a lane's first batch. Each has one place, however often it is tried, and keeps it once the
/// gateway has had it; one that comes back without gives it up to whichever goes next. Guarded by its
/// <see cref="LaneQueue"/>'s lock.
/// </summary>
/// <param name="most">Places.</param>
/// <param name="had">Those that the gateway has had, by a process before.</param>
sealed class FirstBatch(int most, IReadOnlyCollection<long> had)
{
    readonly HashSet<long> _had = [.. had];
    readonly HashSet<long> _places = [.. had];

    /// <summary>Places that no message has.</summary>
    public int Free => Math.Max(0, most - _places.Count);

    public IReadOnlyCollection<long> Messages => _places;

    /// <summary>Whether a message may be sent before the lane opens.</summary>
    public bool Admits(long seq) => Free > 0 || _places.Contains(seq);

    public void Take(long seq) => _places.Add(seq);

    /// <summary>Takes note that the gateway has had a message that is to be tried again.</summary>
    public void Keep(long seq) => _had.Add(seq);

    /// <summary>Takes note of one that it did not have this time.</summary>
    /// <returns>Whether its place is free by that.</returns>
    public bool GiveUp(long seq) => !_had.Contains(seq) && _places.Remove(seq);
}
