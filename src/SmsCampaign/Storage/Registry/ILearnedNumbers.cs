namespace SmsCampaign.Storage.Registry;

/// <summary>
/// The ported numbers that gateways have told an installation of. They decide lanes of runs planned afterwards; a run
/// that is planned stays as it was approved.
/// </summary>
public interface ILearnedNumbers
{
    /// <summary>Takes over what a run's gateways have said. The latest word counts; taking it over again
    /// changes nothing.</summary>
    /// <returns>How many numbers are new, or on another network than was known.</returns>
    int LearnFrom(RunRecord run);

    /// <summary>By number.</summary>
    IReadOnlyList<LearnedNumber> Read();
}
