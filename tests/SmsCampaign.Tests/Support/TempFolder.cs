namespace SmsCampaign.Tests.Support;

/// <summary>A folder of a test's own, gone with it.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("sms-campaign-test-").FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file as UTF-8 without byte-order mark.</summary>
    public string Write(string name, string content)
    {
        var path = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    const int MostTries = 100;

    public void Dispose()
    {
        for (var tries = 0; Directory.Exists(Path); tries++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (tries < MostTries) // what was just ended still laid something there
            {
                Thread.Yield();
            }
        }

        if (Directory.Exists(Path + ".marks"))
            Directory.Delete(Path + ".marks", recursive: true);
    }
}
