namespace SmsCampaign.Tests.Support;

/// <summary>Files of the repository that a test writes from the code, and holds to it ever after.</summary>
static class WrittenFile
{
    /// <summary>Holds a file to what the code makes of it; writes it anew first where the variable is 1.</summary>
    /// <param name="path">From the top of the repository.</param>
    /// <param name="tests">The class whose tests write it, for who is told to run them.</param>
    public static void Hold(string path, string expected, string variable, string tests)
    {
        var file = Repository.PathOf(path);
        if (Environment.GetEnvironmentVariable(variable) == "1")
            File.WriteAllText(file, expected);

        if (DifferenceOf(expected, File.ReadAllText(file)) is { } difference)
        {
            Assert.Fail(
                $"{path} is not what the code makes of it. Write it anew and commit it: "
                + $"{variable}=1 dotnet test --filter {tests}\n{difference}");
        }
    }

    /// <returns>The first line that differs, as it should be and as it is; null where none does.</returns>
    public static string? DifferenceOf(string expected, string actual)
    {
        if (expected == actual)
            return null;

        var (wanted, there) = (expected.Split('\n'), actual.Split('\n'));
        var at = Enumerable.Range(0, Math.Max(wanted.Length, there.Length)).First(
            line => LineOf(wanted, line) != LineOf(there, line));
        return $"line {at + 1}\n  should be: {LineOf(wanted, at)}\n  but is:    {LineOf(there, at)}";
    }

    static string LineOf(string[] lines, int at) =>
        at < lines.Length ? lines[at].Replace("\r", "\\r", StringComparison.Ordinal) : "(no such line)";
}
