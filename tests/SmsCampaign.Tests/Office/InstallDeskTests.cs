using System.ComponentModel;
using SmsCampaign.Installations;
using SmsCampaign.Office;

namespace SmsCampaign.Tests.Office;

public sealed class InstallDeskTests
{
    const string Published = "/srv/sms-campaign-1-linux-x64";
    const string Marker = $"{Published}/config/sms-campaign.service";

    readonly List<string> _ran = [];

    [Fact]
    public void A_bare_Linux_gets_every_step_in_order()
    {
        Assert.IsType<InstallResult.Installed>(Linux([Marker]).Do(_ => { }));

        Assert.Equal(
            [
                "useradd --system --home-dir /var/lib/sms-campaign --shell /usr/sbin/nologin sms-campaign",
                "groupadd --system sms-campaign-officers",
                "mkdir -p /opt/sms-campaign",
                $"cp -r --remove-destination {Published}/. /opt/sms-campaign",
                "mkdir -p /etc/sms-campaign/campaigns",
                $"cp {Published}/config/smscampaign.json /etc/sms-campaign/smscampaign.json",
                $"cp {Published}/config/carriers.csv /etc/sms-campaign/carriers.csv",
                $"cp {Published}/config/prefixes.csv /etc/sms-campaign/prefixes.csv",
                $"cp -r {Published}/config/schema /etc/sms-campaign",
                "install -o root -g root -m 0600 /dev/null /etc/sms-campaign/secrets.env",
                $"install -m 0755 {Published}/config/sms-campaign-live /usr/local/sbin/sms-campaign-live",
                "sh -c 'umask 337; echo \"%sms-campaign-officers ALL=(root) NOPASSWD: "
                    + "/usr/local/sbin/sms-campaign-live\" > /etc/sudoers.d/sms-campaign'",
                $"install -m 0644 {Published}/config/sms-campaign.service /etc/systemd/system/sms-campaign.service",
                "systemctl daemon-reload",
            ],
            _ran);
    }

    [Fact]
    public void What_an_engineer_wrote_is_not_written_over()
    {
        Linux([Marker, "/etc/sms-campaign/smscampaign.json", "/etc/sms-campaign/secrets.env"], ["sms-campaign"])
            .Do(_ => { });

        Assert.DoesNotContain(_ran, line => line.EndsWith("smscampaign.json", StringComparison.Ordinal)
            || line.EndsWith("secrets.env", StringComparison.Ordinal)
            || line.StartsWith("useradd", StringComparison.Ordinal));
        Assert.Contains(_ran, line => line.StartsWith("cp -r --remove-destination", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_step_that_fails_ends_it_and_says_what_its_command_said()
    {
        var desk = new InstallDesk(
            Machine([Marker], []), isWindows: false, isAdministrator: true,
            command => command[0] == "groupadd" ? (9, "groupadd: cannot lock /etc/group\n") : Note(command));

        var failed = Assert.IsType<InstallResult.Failed>(desk.Do(_ => { }));

        Assert.Equal(("groupadd", "groupadd: cannot lock /etc/group"), (failed.Step.Command[0], failed.Said));
        Assert.Single(_ran);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named()
    {
        var desk = new InstallDesk(
            Machine([Marker], []), isWindows: false, isAdministrator: true,
            command => throw new Win32Exception(2, $"no {command[0]}"));

        Assert.Equal("no useradd", Assert.IsType<InstallResult.Failed>(desk.Do(_ => { })).Said);
    }

    [Theory]
    [InlineData(false, Marker, "Root is needed")]
    [InlineData(true, "", "published folder")]
    [InlineData(true, Marker + "|/var/lib/dpkg/info/sms-campaign.list", "apt-get install")]
    public void Where_it_cannot_be_done_nothing_is(bool isAdministrator, string there, string words)
    {
        var desk = new InstallDesk(Machine(there.Split('|'), []), isWindows: false, isAdministrator, Note);

        var refused = Assert.IsType<InstallResult.Refused>(desk.Do(_ => { }));

        Assert.Contains(words, refused.Why.In(Language.English));
        Assert.Empty(_ran);
    }

    [Fact]
    public void On_Windows_the_service_has_an_account_and_a_folder_of_its_own()
    {
        var desk = new InstallDesk(
            new MachinePlaces(@"D:\sms", _ => true, _ => false), isWindows: true, isAdministrator: true, Note);

        Assert.IsType<InstallResult.Installed>(desk.Do(_ => { }));

        Assert.Contains(_ran, line => line.StartsWith("sc.exe create SmsCampaign", StringComparison.Ordinal)
            && line.Contains(@"NT SERVICE\SmsCampaign", StringComparison.Ordinal));
        Assert.Contains(_ran, line => line.StartsWith("icacls", StringComparison.Ordinal)
            && line.Contains("/inheritance:r", StringComparison.Ordinal));
    }

    InstallDesk Linux(string[] there, params string[] accounts) =>
        new(Machine(there, accounts), isWindows: false, isAdministrator: true, Note);

    static MachinePlaces Machine(string[] there, string[] accounts) =>
        new(Published, there.Contains, accounts.Contains);

    (int, string) Note(IReadOnlyList<string> command)
    {
        _ran.Add(new InstallStep(default, command, false).Line);
        return (0, "");
    }
}
