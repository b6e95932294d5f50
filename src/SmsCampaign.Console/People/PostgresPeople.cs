using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.Storage;

namespace SmsCampaign.WebConsole.People;

/// <summary>Who may sign in, kept in PostgreSQL, where all nodes that serve the pages find the same.</summary>
static class PostgresPeople
{
    public static void Use(DbContextOptionsBuilder db, PackageSchema schema) =>
        db.UseNpgsql(schema.Source).ReplaceService<IModelCacheKeyFactory, ModelOfSchema>();

    /// <summary>What one node seals every other opens.</summary>
    public static void ShareKeys(IServiceCollection services) =>
        services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory>(
            (keys, scopes) => keys.XmlRepository = new SealingKeys(scopes));

    /// <summary>The tables are those of a schema, and one process may know several.</summary>
    sealed class ModelOfSchema : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) =>
            (context.GetType(), ((PeopleDb)context).Package?.Name, designTime);
    }
}

/// <summary>A key by which cookies, links and forms are sealed.</summary>
public sealed class SealingKey
{
    public long Id { get; set; }

    /// <summary>As Data Protection writes it.</summary>
    public string Xml { get; set; } = "";
}

/// <summary>The keys that all nodes seal by.</summary>
sealed class SealingKeys(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return
        [
            .. scope.ServiceProvider.GetRequiredService<PeopleDb>().Set<SealingKey>()
                .AsNoTracking()
                .OrderBy(key => key.Id)
                .Select(key => key.Xml)
                .AsEnumerable()
                .Select(xml => XElement.Parse(xml)),
        ];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        db.Add(new SealingKey { Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}

/// <summary>PostgreSQL takes no text with a zero in it, nor half of a pair of UTF-16, and whoever would sign in may
/// send one: it is taken for another sign that nobody has in a name.</summary>
sealed class StorableText() : ValueConverter<string, string>(text => Of(text), text => text)
{
    static string Of(string text)
    {
        var storable = text.Replace('\0', '\uFFFD');
        return storable.Any(char.IsSurrogate)
            ? string.Concat(storable.EnumerateRunes().Select(rune => rune.ToString()))
            : storable;
    }
}
