namespace SmsCampaign.Files;

/// <summary>
/// Names that a file or folder cannot have on every system the program runs on (Microsoft, "Naming
/// Files, Paths, and Namespaces").
/// </summary>
public static class FileNames
{
    static readonly HashSet<string> Devices = new(
        [
            "con", "prn", "aux", "nul", "conin$", "conout$",
            .. from port in new[] { "com", "lpt" } from number in "0123456789¹²³" select port + number,
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether Windows takes the name for a device, whatever it ends in: nul, COM1.csv.</summary>
    public static bool IsOfDevice(string name) => Devices.Contains(name.Split('.')[0].TrimEnd(' '));

    /// <summary>Why a name cannot be a file's or folder's everywhere; null where it can.</summary>
    /// <param name="name">Last part of a path.</param>
    public static Wording? Refuse(string name)
    {
        if (IsOfDevice(name))
        {
            return new Wording(
                $"'{name}' là tên thiết bị của Windows, không đặt được cho tệp hay thư mục. Hãy chọn tên khác.",
                $"'{name}' is the name of a device on Windows and no file or folder can have it. Choose another.");
        }

        return name.Length > 0 && name[^1] is '.' or ' '
            ? new Wording(
                $"Tên '{name}' kết thúc bằng dấu chấm hoặc dấu cách, Windows tự bỏ dấu đó. Hãy chọn tên khác.",
                $"The name '{name}' ends in a dot or a space, which Windows drops. Choose another.")
            : null;
    }
}
