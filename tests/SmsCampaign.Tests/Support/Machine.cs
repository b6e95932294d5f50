namespace SmsCampaign.Tests.Support;

/// <summary>
/// What a test needs of the machine beyond .NET. Where it is lacking the test is skipped, and says what it lacks and
/// why; .ci/run installs what all of them need and takes a skip for a failure.
/// </summary>
static class Machine
{
    /// <param name="program">As it is called.</param>
    /// <param name="why">What the test does with it.</param>
    public static void Needs(string program, string why) =>
        Assert.SkipUnless(Has(program), $"{program} is not on this machine: {why}");

    /// <param name="why">What is otherwise there.</param>
    public static void NeedsLinux(string why) => Assert.SkipUnless(OperatingSystem.IsLinux(), $"not Linux: {why}");

    /// <inheritdoc cref="NeedsLinux"/>
    public static void NeedsUnix(string why) => Assert.SkipWhen(OperatingSystem.IsWindows(), $"Windows: {why}");

    /// <summary>A server of PostgreSQL is started, and ended with the tests.</summary>
    public static void NeedsPostgres()
    {
        NeedsLinux("PostgreSQL is started by its own means");
        Assert.SkipWhen(
            PostgresPrograms.Folder is null,
            "PostgreSQL's server is not on this machine (Debian: apt-get install postgresql): ledgers are kept in it");
        Needs("setpriv", "PostgreSQL is ended with the tests, and not run by root");
    }

    static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder =>
            File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
