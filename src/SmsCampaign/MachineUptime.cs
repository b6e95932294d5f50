using System.Globalization;

namespace SmsCampaign;

/// <summary>How long the machine has been on, by a clock that nobody sets and that goes on while it sleeps.</summary>
public static class MachineUptime
{
    const string Linux = "/proc/uptime";

    public static TimeSpan Read()
    {
        try
        {
            if (OperatingSystem.IsLinux()
                && double.TryParse(
                    File.ReadAllText(Linux).Split(' ')[0],
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var seconds))
                return TimeSpan.FromSeconds(seconds);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
        }

        return TimeSpan.FromMilliseconds(Environment.TickCount64);
    }
}
