namespace SmsCampaign.App;

/// <summary>What the program's exit code says to a script. The same for every verb.</summary>
static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Could not be done, or used wrongly.</summary>
    public const int CouldNot = 1;

    /// <summary>The input has problems; they are listed on stderr, one a line.</summary>
    public const int InputHasProblems = 2;
}
