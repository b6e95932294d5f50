using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.Storage;

namespace SmsCampaign.WebConsole.People;

/// <summary>Registers the store of persons with Identity: the pages and the verb <c>user</c> have the same.</summary>
public static class PeopleStore
{
    /// <summary>For how long a link by which somebody sets a password is good.</summary>
    public static readonly TimeSpan LinkLives = TimeSpan.FromHours(1);

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Wrong answers in a row after which nobody signs in under a name for <see cref="LockedFor"/>.</summary>
    public const int MostFailures = 5;

    /// <summary>Characters; with an authenticator code beside it (NIST SP 800-63B-4, 3.1.1.2 asks for 8
    /// then).</summary>
    public const int ShortestPassword = 12;

    /// <summary>Different characters that a password has at least.</summary>
    public const int FewestCharacters = 5;

    public static void Add(IServiceCollection services, DataFolder data)
    {
        Directory.CreateDirectory(data.Root);
        var sealing = services.AddDataProtection().SetApplicationName("sms-campaign-console");
        if (data.PeopleSchema is { } schema)
        {
            services.AddDbContext<PeopleDb>(db => PostgresPeople.Use(db, schema));
            PostgresPeople.ShareKeys(services);
        }
        else
        {
            services.AddDbContext<PeopleDb>(db => db.UseSqlite(
                $"Data Source={data.People};Default Timeout=10;Pooling=False"));
            sealing.PersistKeysToFileSystem(Directory.CreateDirectory(data.ConsoleKeys));
        }

        services.AddIdentityCore<Person>(identity =>
            {
                identity.Password.RequiredLength = ShortestPassword;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = FewestCharacters;
                identity.Lockout.MaxFailedAccessAttempts = MostFailures;
                identity.Lockout.DefaultLockoutTimeSpan = LockedFor;
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3; // with passkeys
                identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
            })
            .AddEntityFrameworkStores<PeopleDb>()
            .AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashRounds);
        services.Configure<DataProtectionTokenProviderOptions>(tokens => tokens.TokenLifespan = LinkLives);
        services.AddScoped<PeopleDesk>();
        services.AddScoped<Sessions>();
    }

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 (OWASP Password Storage Cheat Sheet: 210 000 at least). A password
    /// that is kept with fewer is kept anew when its owner signs in.</summary>
    internal const int HashRounds = 210_000;

    /// <summary>Makes the file, or the tables, where there are none.</summary>
    /// <exception cref="LedgerException">They cannot be read or written.</exception>
    public static async Task OpenAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var data = scope.ServiceProvider.GetRequiredService<DataFolder>();
        try
        {
            var database = scope.ServiceProvider.GetRequiredService<PeopleDb>().Database;
            if (data.PeopleSchema is { } schema)
                await schema.MakeTablesAsync(database.GenerateCreateScript);
            else
                await MakeAsync(database);
        }
        catch (Exception broken) when (Name(broken, data) is { } named)
        {
            throw named;
        }
    }

    /// <summary>What is wrong with the file, by its name: what the package throws names none.</summary>
    /// <returns>Null where it is something else.</returns>
    public static LedgerException? Name(Exception thrown, DataFolder data) =>
        StorageFaults.Name(thrown, data.PeopleName);

    /// <summary>Of several processes that make it at once one makes its tables, whole or not at all; the others wait,
    /// and find them.</summary>
    static async Task MakeAsync(DatabaseFacade database)
    {
        await database.OpenConnectionAsync();
        var tables = database.GetService<IRelationalDatabaseCreator>();
        if (await tables.HasTablesAsync())
            return;

        await tables.CreateAsync();
        await using var turn = await database.BeginTransactionAsync(); // which writes from its first moment
        if (!await tables.HasTablesAsync())
            await tables.CreateTablesAsync();
        await turn.CommitAsync();
    }
}
