namespace SmsCampaign.Reports;

/// <summary>
/// Tells into which folder this account may not write, and the ways out. What .NET names is whatever was to be made
/// there first, a lock that nobody knows of.
/// </summary>
static class ReportAccess
{
    /// <param name="folder">Full path of the folder that is changed. It need not be there yet.</param>
    /// <exception cref="ReportFolderException">This account may not write there.</exception>
    public static T Change<T>(string folder, Func<T> change)
    {
        try
        {
            return change();
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new ReportFolderException(Words(Nearest(folder)), denied);
        }
    }

    static Wording Words(string folder)
    {
        // Windows says the same of a file that is open in a spreadsheet.
        var open = OperatingSystem.IsWindows()
            ? new Wording(
                " Nếu một tệp báo cáo đang mở trong Excel, hãy đóng lại rồi chạy lại.",
                " If a file of the report is open in Excel, close it and run this again.")
            : default;
        return new Wording(
            $"Không ghi được báo cáo: tài khoản {Environment.UserName} không được ghi vào thư mục {folder}.{open} Trên "
            + $"máy chủ có cài dịch vụ, "
            + $"hãy chạy lệnh này bằng 'sudo sms-campaign-live' thay cho 'sms-campaign'; hoặc chọn thư mục khác bằng "
            + $"--out (với số đầy đủ: --unmasked-out).",
            $"The report could not be written: the account {Environment.UserName} may not write to the folder {folder}."
            + $"{open} On a server with the service "
            + $"run this by 'sudo sms-campaign-live' instead of 'sms-campaign'; or choose another folder with --out "
            + $"(numbers in full: --unmasked-out).");
    }

    /// <summary>The folder itself, or of those above it the first that is there: it is the one that may
    /// not be written to.</summary>
    static string Nearest(string folder)
    {
        var there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
            there = above;
        return there;
    }
}
