using System.Globalization;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether the machine's clock is held to that of others: by chrony, systemd or Windows Time, whichever is
/// there. What opens and closes the hours of sending is this clock.</summary>
sealed class ClockCheck(IMachinePrograms programs) : IReadyCheck
{
    public const string Called = "clock";

    /// <summary>Beyond it an hour of sending would begin at another time than was approved, seconds.</summary>
    const double MostOff = 30;

    /// <summary>Beyond it something is wrong with the synchronising, seconds.</summary>
    const double Notable = 1;

    static readonly Wording Mend = new(
        "Hãy báo kỹ sư phụ trách bật đồng bộ giờ (chrony hoặc systemd-timesyncd) và kiểm tra máy chủ giờ.",
        "Have your engineer turn on time synchronisation (chrony or systemd-timesyncd) and check its server.");

    public string Name => Called;

    public async Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken)
    {
        // Each knows nothing of a clock that another holds.
        ReadyFinding? found = null;
        foreach (var ask in new[] { AskChronyAsync, AskSystemdAsync, AskWindowsAsync })
        {
            if (await ask(cancellationToken) is { } said)
            {
                if (said.Light == Storage.Registry.ReadyLight.Green)
                    return [said];
                found ??= said;
            }
        }

        return [found ?? ReadyFinding.Unknown(
            new Wording(
                "máy này không có chrony, systemd-timesyncd hay Windows Time trả lời được",
                "neither chrony nor systemd-timesyncd nor Windows Time answers on this machine"),
            Mend)];
    }

    async Task<ReadyFinding?> AskChronyAsync(CancellationToken cancellationToken) =>
        await programs.RunAsync("chronyc", ["-c", "tracking"], cancellationToken) is { ExitCode: 0 } said
            ? ReadChrony(said.Output)
            : null;

    async Task<ReadyFinding?> AskSystemdAsync(CancellationToken cancellationToken) =>
        await programs.RunAsync(
            "timedatectl", ["show", "--property=NTPSynchronized"], cancellationToken) is { ExitCode: 0 } said
            ? ReadSystemd(said.Output)
            : null;

    async Task<ReadyFinding?> AskWindowsAsync(CancellationToken cancellationToken) =>
        OperatingSystem.IsWindows()
        && await programs.RunAsync("w32tm", ["/query", "/status"], cancellationToken) is { ExitCode: 0 } said
            ? ReadWindows(said.Output)
            : null;

    /// <summary>Fields by commas (chronyc(1), -c): the fifth is how far the clock is off in seconds, the last
    /// whether it is synchronised.</summary>
    internal static ReadyFinding? ReadChrony(string output)
    {
        var fields = output.Trim().Split(',');
        if (fields.Length < 14 || !double.TryParse(
            fields[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var off))
            return null;
        if (fields[^1] == "Not synchronised")
            return NotSynchronised("chrony");

        off = Math.Abs(off);
        var seconds = off.ToString("0.000", CultureInfo.InvariantCulture);
        var shown = new Wording(seconds.Replace('.', ','), seconds);
        return off > MostOff
            ? ReadyFinding.Bad(
                new Wording($"lệch {shown} giây (chrony).", $"{shown} s off (chrony)."), Mend)
            : off > Notable
            ? ReadyFinding.Note(
                new Wording($"lệch {shown} giây (chrony).", $"{shown} s off (chrony)."), Mend)
            : ReadyFinding.Good(new Wording(
                $"đã đồng bộ, lệch {shown} giây (chrony).", $"synchronised, {shown} s off (chrony)."));
    }

    internal static ReadyFinding? ReadSystemd(string output) => output.Trim() switch
    {
        "NTPSynchronized=yes" => ReadyFinding.Good(new Wording(
            "đã đồng bộ (systemd).", "synchronised (systemd).")),
        "NTPSynchronized=no" => NotSynchronised("systemd"),
        _ => null,
    };

    /// <summary>Its words are of the machine's language; the number of the leap indicator is the first of all, and 3
    /// where it is not synchronised (RFC 5905, 7.3).</summary>
    internal static ReadyFinding? ReadWindows(string output)
    {
        var line = output.Split('\n').FirstOrDefault(each => each.Contains(':', StringComparison.Ordinal));
        var value = line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart();
        return value is not [>= '0' and <= '9', ..] ? null
            : value[0] == '3' ? NotSynchronised("Windows Time")
            : ReadyFinding.Good(new Wording("đã đồng bộ (Windows Time).", "synchronised (Windows Time)."));
    }

    static ReadyFinding NotSynchronised(string who) => ReadyFinding.Note(
        new Wording($"CHƯA đồng bộ với máy chủ giờ ({who}).", $"NOT synchronised ({who})."), Mend);
}
