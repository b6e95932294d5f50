namespace SmsCampaign.Installations;

/// <summary>Where things of the service lie on a machine, and what is there already.</summary>
/// <param name="Program">The folder that this program was published to, with <c>config</c> in it. Full path.</param>
/// <param name="Exists">Whether a file or folder of that full path is there.</param>
/// <param name="HasAccount">Whether the machine knows an account, or a group, of that name.</param>
public sealed record MachinePlaces(string Program, Func<string, bool> Exists, Func<string, bool> HasAccount)
{
    static readonly string[] Lists = ["/etc/passwd", "/etc/group"];

    /// <summary>This machine.</summary>
    public static MachinePlaces Here { get; } = new(
        Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
        path => File.Exists(path) || Directory.Exists(path),
        IsKnown);

    /// <summary>By this machine's own files; a directory service is not asked.</summary>
    static bool IsKnown(string name) => Lists.Any(file =>
        File.Exists(file) && File.ReadLines(file).Any(line => line.StartsWith($"{name}:", StringComparison.Ordinal)));
}
