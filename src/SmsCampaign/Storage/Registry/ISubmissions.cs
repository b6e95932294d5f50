namespace SmsCampaign.Storage.Registry;

/// <summary>What was submitted to be approved, and refused, returned or withdrawn. Only ever added to.</summary>
public interface ISubmissions
{
    /// <returns>Its number.</returns>
    long Add(Submission submission);

    /// <returns>Whether it is recorded: what is approved, refused, returned or withdrawn already is
    /// answered.</returns>
    bool Reject(Rejection rejection);

    /// <summary>Of a run, or of all; the newest first.</summary>
    IReadOnlyList<Submission> Read(RunKey? run = null);
}
