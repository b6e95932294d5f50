
namespace SmsCampaign.Office;

/// <summary>What came of letting stopped lanes go on.</summary>
public abstract record ResumeResult
{
    ResumeResult()
    {
    }

    /// <summary>Nothing was done.</summary>
    public sealed record Refused(IReadOnlyList<ResumeFinding> Findings) : ResumeResult;

    /// <summary>Each lane by itself, in the order they were named.</summary>
    public sealed record Asked(IReadOnlyList<ResumedLane> Lanes) : ResumeResult;
}

/// <summary>What speaks against it.</summary>
public abstract record ResumeFinding
{
    ResumeFinding()
    {
    }

    public sealed record NoLane : ResumeFinding;

    public sealed record NoName : ResumeFinding;

    /// <param name="Stopped">The lanes that are.</param>
    public sealed record NotStopped(string Lane, IReadOnlyList<string> Stopped) : ResumeFinding;
}

/// <summary>What came of one lane.</summary>
public abstract record ResumedLane(string Lane)
{
    /// <param name="Answer">What the worker says; null where none runs, and it goes on as soon as one does.</param>
    public sealed record GoesOn(string Lane, Wording? Answer) : ResumedLane(Lane);

    /// <summary>It stays stopped.</summary>
    public sealed record StaysStopped(string Lane, Wording Why) : ResumedLane(Lane);

    /// <summary>The worker was asked and has not answered: it may go on.</summary>
    public sealed record NotKnown(string Lane, Wording Why) : ResumedLane(Lane);
}
