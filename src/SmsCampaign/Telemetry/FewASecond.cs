namespace SmsCampaign.Telemetry;

/// <summary>Lets pass the first of each second. Those of a new second begin anew.</summary>
/// <param name="most">That pass in a second; a few more do where two threads meet at its beginning.</param>
public sealed class FewASecond(int most)
{
    long _second;
    int _passed;

    /// <summary>Whether one more of that second passes. Of any thread.</summary>
    /// <param name="now">UTC microseconds since 1970.</param>
    public bool MayPass(long now)
    {
        var second = now / 1_000_000;
        if (Volatile.Read(ref _second) == second && Volatile.Read(ref _passed) >= most)
            return false;

        if (Interlocked.Exchange(ref _second, second) != second)
            Volatile.Write(ref _passed, 0);
        return Interlocked.Increment(ref _passed) <= most;
    }
}
